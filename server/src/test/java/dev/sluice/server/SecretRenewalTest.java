package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.adapter.webhook.WebhookAdapter;
import dev.sluice.adapter.webhook.WebhookSettings;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.secret.Secret;
import dev.sluice.domain.subscription.Credentials;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.Destination.Webhook;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.TypePattern;
import dev.sluice.domain.subscription.WebhookFormat;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SecretRenewalTest {

  private static final String OLD = "11".repeat(32);
  private static final String NEW = "22".repeat(32);
  private static final SubscriptionName MAIL = new SubscriptionName("mail");

  private final SettableClock clock = new SettableClock();
  private final ScheduledExecutorService deadlines = Executors.newScheduledThreadPool(1);
  private final SubscriptionStore store = MemoryAdapter.subscriptions();

  @AfterEach
  void stop() {
    deadlines.shutdownNow();
  }

  private WebhookAdapter with(String keys) {
    var settings =
        new WebhookSettings(
            "Sluice/test",
            "sluice",
            Optional.of(() -> keys),
            true,
            List.of("127.0.0.0/8"),
            "1-65535",
            Optional.empty(),
            Duration.ofDays(5),
            Set.of());
    return WebhookAdapter.open(
        settings,
        new WebhookAdapter.Resources(clock, new SecureRandom(), deadlines, Runnable::run));
  }

  private void store(WebhookAdapter adapter) {
    var webhook =
        new Webhook(
            "http://127.0.0.1:9/",
            Webhook.Body.of(WebhookFormat.STANDARD),
            Map.of(),
            List.of(),
            Optional.of(
                new Credentials(
                    Credentials.Scheme.BEARER, "", Optional.of(new Secret.Plain("t0ken")))),
            Set.of());
    Destination prepared =
        adapter.preparation().prepare(MAIL, webhook, Optional.empty()).destination();
    store.change(
        List.of(
            new SubscriptionChange(
                MAIL,
                SubscriptionChange.Expected.ANY,
                SubscriptionDefinition.of(List.of(TypePattern.ANY), prepared),
                Lifecycle.ACTIVE,
                Subscription.Origin.API)),
        "ann",
        clock.instant());
  }

  private int renew(WebhookAdapter adapter) {
    return new SecretRenewal(adapter, store, clock).run();
  }

  @Test
  void secretsOfAnOlderKey_areEncryptedWithTheNewestOnce() {
    try (WebhookAdapter before = with(OLD);
        WebhookAdapter both = with(NEW + " " + OLD);
        WebhookAdapter after = with(NEW)) {
      store(before);
      assertThat(after.problemWithSecrets(store.all().subscriptions())).isPresent();

      assertThat(renew(both)).isEqualTo(1);
      assertThat(renew(both)).isZero();

      assertThat(after.problemWithSecrets(store.all().subscriptions())).isEmpty();
      assertThat(before.problemWithSecrets(store.all().subscriptions()))
          .hasValueSatisfying(problem -> assertThat(problem).contains("mail").contains("key"));
    }
  }

  @Test
  void secretsOfTheNewestKey_areLeft() {
    try (WebhookAdapter adapter = with(OLD)) {
      store(adapter);
      long version = store.version();

      assertThat(renew(adapter)).isZero();
      assertThat(store.version()).isEqualTo(version);
    }
  }
}

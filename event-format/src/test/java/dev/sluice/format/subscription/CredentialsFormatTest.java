package dev.sluice.format.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.secret.Secret;
import dev.sluice.domain.subscription.Credentials;
import dev.sluice.domain.subscription.Credentials.Scheme;
import dev.sluice.domain.subscription.Destination.Webhook;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.TypePattern;
import dev.sluice.domain.subscription.WebhookFormat;
import dev.sluice.format.FieldProblem;
import dev.sluice.format.JsonCursor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The credentials of webhooks, as callers send them and as they are stored.
final class CredentialsFormatTest {

  private static ReadSubscription read(String credentials) {
    String definition =
        "{\"types\":[\"*\"],\"destination\":{\"kind\":\"webhook\",\"url\":\"https://a.test/\",\"credentials\":"
            + credentials
            + "}}";
    return SubscriptionFormat.read(
        JsonCursor.document(definition.getBytes(UTF_8)), "", RetryPolicy.DEFAULT, _ -> false);
  }

  private static SubscriptionDefinition with(Credentials credentials) {
    return SubscriptionDefinition.of(
        List.of(TypePattern.ANY),
        new Webhook(
            "https://a.test/",
            new Webhook.Body(WebhookFormat.STANDARD, Optional.empty()),
            Map.of(),
            List.of(),
            Optional.of(credentials),
            Set.of()));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      delimiter = ';',
      value = {
        "BEARER; ~~; {\"scheme\":\"bearer\",\"token\":\"t\"}",
        "BASIC; ann; {\"scheme\":\"basic\",\"username\":\"ann\",\"password\":\"t\"}",
        "HEADER; X-Key; {\"scheme\":\"header\",\"name\":\"X-Key\",\"value\":\"t\"}"
      })
  void everyScheme_isRead(Scheme scheme, String name, String json) {
    var expected = new Credentials(scheme, name, Optional.of(new Secret.Plain("t")));

    assertThat(read(json)).isEqualTo(new ReadSubscription.Valid(with(expected)));
  }

  @Test
  void unknownScheme_isAProblem() {
    assertThat(problem("{\"scheme\":\"digest\"}"))
        .isEqualTo("/destination/credentials/scheme must be bearer, basic or header");
    assertThat(problem("{\"token\":\"t\"}"))
        .isEqualTo("/destination/credentials/scheme is required: bearer, basic or header");
  }

  @Test
  void credentialsAsText_areAProblemWithAnExample() {
    assertThat(problem("\"t\""))
        .startsWith("/destination/credentials must be an object, such as {\"scheme\"");
  }

  @Test
  void unknownMember_isAProblemWithASuggestion() {
    assertThat(problem("{\"scheme\":\"bearer\",\"tokn\":\"t\"}"))
        .isEqualTo("/destination/credentials/tokn is unknown; did you mean \"token\"?");
    assertThat(problem("{\"scheme\":\"bearer\",\"certificate\":\"t\"}"))
        .isEqualTo(
            "/destination/credentials/certificate is unknown; known are name, password, scheme,"
                + " token, username, value");
  }

  private static String problem(String json) {
    FieldProblem first = ((ReadSubscription.Invalid) read(json)).problems().getFirst();
    return first.name() + " " + first.detail();
  }

  @ParameterizedTest
  @EnumSource
  void storedCredentials_areReadAgain(Scheme scheme) {
    String name = scheme == Scheme.BEARER ? "" : "ann";
    var credentials =
        new Credentials(scheme, name, Optional.of(new Secret.Encrypted("v1:0123456789ab:AAAA")));
    var subscription =
        new Subscription(
            new SubscriptionName("mail"),
            7,
            with(credentials),
            Lifecycle.ACTIVE,
            Subscription.Origin.API,
            "ann",
            Instant.EPOCH);

    assertThat(new SubscriptionDecoder().decode(StoredSubscription.of(subscription)))
        .contains(subscription);
  }
}

package dev.sluice.adapter.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.adapter.jdbc.StorageThreads;
import dev.sluice.contract.Events;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.Keys;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.access.ApiKey;
import dev.sluice.domain.port.AppendResult;
import dev.sluice.domain.port.KeyStore.Addition;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Subscription.Origin;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import dev.sluice.domain.subscription.SubscriptionChangeResult;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.TypePattern;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys and subscriptions are changed while the service runs, as another process would do.
final class CommandAccessTest {

  private static final int KEYS = 40;

  @TempDir Path directory;
  private final SettableClock clock = new SettableClock();

  private SqliteSettings settings() {
    return new SqliteSettings(directory.resolve("data"));
  }

  private SqliteAdapter open() {
    return SqliteAdapter.open(settings(), clock, StorageThreads.FACTORY);
  }

  private Addition add(String id) {
    return SqliteAdapter.onKeys(settings(), (keys, _) -> keys.add(Keys.key(id, "owner of " + id)));
  }

  @Test
  void keyMadeBeforeTheFirstStart_isThereAfterIt() {
    assertThat(add("a")).isEqualTo(Addition.ADDED);

    try (SqliteAdapter service = open()) {
      assertThat(service.keys().all()).containsExactly(Keys.key("a", "owner of a"));
    }
  }

  @Test
  void keysMadeWhileTheServiceWrites_disturbNeither() {
    try (SqliteAdapter service = open()) {
      var storage = new StorageFixture(service.storage(), clock);
      var isOver = new AtomicBoolean();
      var appended = new AtomicInteger();
      var failures = new ConcurrentLinkedQueue<Throwable>();
      Thread producer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      while (!isOver.get()) {
                        AppendResult result =
                            storage.append(Events.event("e-" + appended.incrementAndGet()));
                        assertThat(result).isInstanceOf(AppendResult.Stored.class);
                      }
                    } catch (RuntimeException | AssertionError e) {
                      failures.add(e);
                    }
                  });
      for (int number = 0; number < KEYS; number++) {
        assertThat(add("k" + number)).isEqualTo(Addition.ADDED);
      }
      isOver.set(true);
      Eventually.holds("the producer has ended", () -> !producer.isAlive());

      assertThat(failures).isEmpty();
      assertThat(service.keys().all()).hasSize(KEYS);
      assertThat(storage.events().counts().backlog()).isEqualTo(appended.get());
      assertThat(service.keys().revoke("k1", clock.instant())).isTrue();
    }
    assertThat(SqliteAdapter.check(settings()).problems()).isEmpty();
    assertThat(SqliteAdapter.<List<ApiKey>>onKeys(settings(), (keys, _) -> keys.all()))
        .hasSize(KEYS)
        .filteredOn(key -> key.revokedAt().isPresent())
        .extracting(ApiKey::id)
        .containsExactly("k1");
  }

  @Test
  void olderServiceInTheWay_isNamed() throws Exception {
    try (SqliteAdapter service = open()) {
      assertThat(service).isNotNull();
      try (var connection = DriverManager.getConnection("jdbc:sqlite:" + settings().file());
          var statement = connection.createStatement()) {
        statement.execute("drop table access_key");
      }

      assertThatExceptionOfType(PortException.class)
          .isThrownBy(() -> add("a"))
          .withMessageContaining("earlier version");
    }
  }

  private SubscriptionChangeResult put(String... names) {
    return SqliteAdapter.onSubscriptions(
        settings(),
        (store, _) ->
            store.change(
                Stream.of(names)
                    .map(
                        name ->
                            new SubscriptionChange(
                                new SubscriptionName(name),
                                Expected.ANY,
                                SubscriptionDefinition.of(
                                    List.of(TypePattern.ANY), new Destination.Log()),
                                Lifecycle.ACTIVE,
                                Origin.FILE))
                    .toList(),
                "ann",
                clock.instant()));
  }

  @Test
  void subscriptionsChangedWhileTheServiceWrites_areSeenAsAChangeOfTheSet() {
    try (SqliteAdapter service = open()) {
      var storage = new StorageFixture(service.storage(), clock);
      assertThat(put("a", "b")).isInstanceOf(SubscriptionChangeResult.Stored.class);
      long version = service.subscriptions().version();
      assertThat(storage.append(Events.event("e-1"))).isInstanceOf(AppendResult.Stored.class);

      assertThat(put("c")).isInstanceOf(SubscriptionChangeResult.Stored.class);

      assertThat(service.subscriptions().version()).isEqualTo(version + 1);
      assertThat(service.subscriptions().changedSince(version, 10).orElseThrow().subscriptions())
          .extracting(one -> one.name().value())
          .containsExactly("c");
      assertThat(service.subscriptions().all().subscriptions()).hasSize(3);
    }
    assertThat(SqliteAdapter.check(settings()).problems()).isEmpty();
  }

  @Test
  void serviceWithoutSubscriptions_isNamedAsOlder() throws Exception {
    try (SqliteAdapter service = open()) {
      assertThat(service).isNotNull();
      try (var connection = DriverManager.getConnection("jdbc:sqlite:" + settings().file());
          var statement = connection.createStatement()) {
        statement.execute("drop table subscription");
      }

      assertThatExceptionOfType(PortException.class)
          .isThrownBy(() -> put("a"))
          .withMessageContaining("earlier version")
          .withMessageContaining("subscriptions");
    }
  }
}

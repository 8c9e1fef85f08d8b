package dev.sluice.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.jdbc.postgres.PostgresAdapter;
import dev.sluice.adapter.jdbc.postgres.TestDatabase;
import dev.sluice.adapter.jdbc.sqlite.SqliteAdapter;
import dev.sluice.adapter.jdbc.sqlite.SqliteSettings;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.SubscriptionSet;
import dev.sluice.domain.subscription.TypePattern;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Subscriptions and their versions outlive the process, also beside those of a newer version.
@Tag("slow")
final class SubscriptionsAfterRestartTest {

  private static final SubscriptionName MAIL = new SubscriptionName("mail");

  @TempDir Path directory;
  private final SettableClock clock = new SettableClock();

  private SqliteAdapter sqlite() {
    return SqliteAdapter.open(new SqliteSettings(directory), clock, StorageThreads.FACTORY);
  }

  private static void put(SubscriptionStore store, String name, Lifecycle lifecycle) {
    var definition = SubscriptionDefinition.of(List.of(TypePattern.ANY), new Destination.Log());
    var change =
        new SubscriptionChange(
            new SubscriptionName(name),
            Expected.ANY,
            definition,
            lifecycle,
            Subscription.Origin.FILE);
    store.change(List.of(change), "ann", SettableClock.START);
  }

  private static void fill(SubscriptionStore store) {
    put(store, "audit", Lifecycle.ACTIVE);
    put(store, "mail", Lifecycle.ACTIVE);
    put(store, "gone", Lifecycle.DELETED);
    put(store, "mail", Lifecycle.FINISHING);
  }

  private static List<Subscription> versions(SubscriptionStore store) {
    return store.versions(MAIL, 10);
  }

  @Test
  void sqlite_keepsSubscriptionsAndVersions() {
    SubscriptionSet all;
    List<Subscription> versions;
    try (SqliteAdapter first = sqlite()) {
      fill(first.subscriptions());
      all = first.subscriptions().all();
      versions = versions(first.subscriptions());
    }

    try (SqliteAdapter second = sqlite()) {
      assertThat(second.subscriptions().version()).isEqualTo(4);
      assertThat(second.subscriptions().all()).isEqualTo(all);
      assertThat(versions(second.subscriptions())).hasSize(2).isEqualTo(versions);
    }
    assertThat(SqliteAdapter.check(new SqliteSettings(directory)).problems()).isEmpty();
  }

  @Test
  void postgres_keepsSubscriptionsAndVersions() {
    SubscriptionSet all;
    List<Subscription> versions;
    try (PostgresAdapter first = TestDatabase.empty(clock)) {
      fill(first.subscriptions());
      all = first.subscriptions().all();
      versions = versions(first.subscriptions());
    }

    try (PostgresAdapter second = TestDatabase.open(clock)) {
      assertThat(second.subscriptions().version()).isEqualTo(4);
      assertThat(second.subscriptions().all()).isEqualTo(all);
      assertThat(versions(second.subscriptions())).hasSize(2).isEqualTo(versions);
    }
  }

  @Test
  void subscriptionOfANewerVersion_isSkippedAndCanBeReplaced() throws SQLException {
    try (SqliteAdapter first = sqlite()) {
      fill(first.subscriptions());
    }
    writeAsANewerVersion();

    try (SqliteAdapter second = sqlite()) {
      SubscriptionStore store = second.subscriptions();
      assertThat(store.all().subscriptions())
          .extracting(one -> one.name().value())
          .containsExactly("audit");
      assertThat(store.changedSince(3, 10)).as("a node must forget the version before").isEmpty();
      assertThat(store.changedSince(4, 10).orElseThrow().subscriptions()).isEmpty();

      put(store, "mail", Lifecycle.ACTIVE);

      assertThat(store.all().subscriptions()).hasSize(2);
      assertThat(store.changedSince(4, 10).orElseThrow().subscriptions()).hasSize(1);
    }
  }

  private void writeAsANewerVersion() throws SQLException {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("sluice.db"));
        var statement = connection.createStatement()) {
      int updated =
          statement.executeUpdate(
              "update subscription_version set definition = replace(definition, 'log', 'pigeon')"
                  + " where name = 'mail'");
      assertThat(updated).isEqualTo(2);
    }
  }
}

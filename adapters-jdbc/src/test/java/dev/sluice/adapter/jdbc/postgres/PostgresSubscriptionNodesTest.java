package dev.sluice.adapter.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.contract.SettableClock;
import dev.sluice.domain.port.StoreUnavailableException;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.port.SubscriptionStore.Changes;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import dev.sluice.domain.subscription.SubscriptionChangeResult.Stored;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.SubscriptionSet;
import dev.sluice.domain.subscription.TypePattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Several nodes change and read the same subscriptions.
final class PostgresSubscriptionNodesTest {

  private static final int CHANGES = 60;
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final SettableClock clock = new SettableClock();
  private final List<PostgresAdapter> nodes = new ArrayList<>();

  @BeforeEach
  void start() {
    nodes.add(TestDatabase.empty(clock));
    nodes.add(TestDatabase.open(clock));
  }

  @AfterEach
  void stop() {
    nodes.forEach(PostgresAdapter::close);
  }

  private SubscriptionStore store(int node) {
    return nodes.get(node).subscriptions();
  }

  /// Both subscriptions of a pair always change together.
  private static Stored putPair(SubscriptionStore store, int pair) {
    List<SubscriptionChange> changes =
        Stream.of("a-" + pair, "b-" + pair)
            .map(
                name ->
                    new SubscriptionChange(
                        new SubscriptionName(name),
                        Expected.ANY,
                        SubscriptionDefinition.of(List.of(TypePattern.ANY), new Destination.Demo()),
                        Lifecycle.ACTIVE,
                        Subscription.Origin.API))
            .toList();
    return (Stored) store.change(changes, "ann", SettableClock.START);
  }

  @Test
  void changeOfOneNode_isSeenByTheOther() {
    List<Subscription> stored = putPair(store(0), 1).stored();
    long version = stored.getFirst().version();

    assertThat(store(1).version()).isEqualTo(version);
    assertThat(store(1).all()).isEqualTo(new SubscriptionSet(version, stored));
    assertThat(store(1).changedSince(version - 1, 10).orElseThrow().subscriptions())
        .containsExactlyInAnyOrderElementsOf(stored);
  }

  /// A reader that follows the changes ends up with the whole set: no version is committed after a
  /// greater one, and none is visible before its rows.
  @Test
  void whoeverFollowsChanges_missesNone() throws Exception {
    try (var threads = Executors.newFixedThreadPool(3)) {
      Future<List<Subscription>> followed = threads.submit(this::follow);
      List<Callable<Integer>> writers = List.of(() -> change(0), () -> change(1));
      for (Future<Integer> writer : threads.invokeAll(writers)) {
        assertThat(writer.get()).isEqualTo(CHANGES);
      }

      assertThat(followed.get())
          .containsExactlyInAnyOrderElementsOf(store(0).all().subscriptions());
    }
  }

  private int change(int node) {
    IntStream.range(0, CHANGES).forEach(pair -> putPair(store(node), pair));
    return CHANGES;
  }

  private List<Subscription> follow() {
    var known = new HashMap<SubscriptionName, Subscription>();
    long version = 0;
    long end = System.nanoTime() + LONGEST.toNanos();
    while (version < 2 * CHANGES) {
      assertThat(end - System.nanoTime()).as("time left").isPositive();
      Changes changes = store(1).changedSince(version, 1_000).orElseThrow();
      for (Subscription changed : changes.subscriptions()) {
        assertThat(changed.version()).isBetween(version + 1, changes.version());
        known.put(changed.name(), changed);
      }
      version = changes.version();
      SubscriptionSet all = store(0).all();
      assertThat(all.subscriptions().size() % 2).as("half a change is visible").isZero();
      assertThat(all.subscriptions()).allMatch(one -> one.version() <= all.version());
    }
    return List.copyOf(known.values());
  }

  @Test
  void databaseThatFails_isUnavailableUntilItWorksAgain() {
    putPair(store(0), 1);
    TestDatabase.execute("alter table subscription_set rename to away");
    try {
      assertThatExceptionOfType(StoreUnavailableException.class)
          .isThrownBy(() -> store(0).version());
      assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> store(1).all());
      assertThatExceptionOfType(StoreUnavailableException.class)
          .isThrownBy(() -> putPair(store(0), 2));
    } finally {
      TestDatabase.execute("alter table away rename to subscription_set");
    }

    assertThat(store(1).all().subscriptions()).hasSize(2);
  }
}

package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.subscription.DeliveryPolicy;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.EventPattern;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.RateLimit;
import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import dev.sluice.domain.subscription.SubscriptionChangeResult;
import dev.sluice.domain.subscription.SubscriptionChangeResult.Conflict;
import dev.sluice.domain.subscription.SubscriptionChangeResult.Stored;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.SubscriptionSet;
import dev.sluice.domain.subscription.TypePattern;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The promises of [SubscriptionStore].
public interface SubscriptionStoreContract {

  Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");

  SubscriptionDefinition PLAIN =
      SubscriptionDefinition.of(List.of(TypePattern.ANY), new Destination.Log());

  /// Returns an empty store.
  SubscriptionStore newStore();

  private static SubscriptionName name(String name) {
    return new SubscriptionName(name);
  }

  private static SubscriptionChange put(String name, Expected expected) {
    return change(name, expected, PLAIN, Lifecycle.ACTIVE);
  }

  private static SubscriptionChange delete(String name, Expected expected) {
    return change(name, expected, PLAIN, Lifecycle.DELETED);
  }

  private static SubscriptionChange change(
      String name, Expected expected, SubscriptionDefinition definition, Lifecycle lifecycle) {
    return new SubscriptionChange(
        name(name), expected, definition, lifecycle, Subscription.Origin.API);
  }

  private static Subscription stored(SubscriptionStore store, SubscriptionChange change) {
    SubscriptionChangeResult result = store.change(List.of(change), "ann", NOW);
    assertThat(result).isInstanceOf(Stored.class);
    return ((Stored) result).stored().getFirst();
  }

  private static List<String> names(List<Subscription> subscriptions) {
    return subscriptions.stream().map(one -> one.name().value()).toList();
  }

  @Test
  default void newStore_isEmptyAndAtVersionZero() {
    SubscriptionStore store = newStore();

    assertThat(store.version()).isZero();
    assertThat(store.all()).isEqualTo(SubscriptionSet.EMPTY);
    assertThat(store.versions(name("mail"), 10)).isEmpty();
  }

  @Test
  default void definition_isStoredAsItIs() {
    SubscriptionStore store = newStore();
    var definition =
        new SubscriptionDefinition(
            "for the \"billing\" team, 'all' of it \uD83D\uDE80",
            List.of(new TypePattern("order.*"), new TypePattern("*paid")),
            Optional.of(new EventPattern("{ \"source\": [\"shop\\u00e9\"] }")),
            new Destination.Demo(),
            new DeliveryPolicy(
                Optional.of(
                    new RetryPolicy(
                        10, Duration.ofMillis(1500), 1.5, Duration.ofHours(1), Duration.ofDays(3))),
                Optional.of(Duration.ofSeconds(15)),
                Optional.of(20),
                Optional.of(new RateLimit(0.1, 100))));

    Subscription stored =
        stored(store, change("billing", Expected.ABSENT, definition, Lifecycle.FINISHING));

    assertThat(stored)
        .isEqualTo(
            new Subscription(
                name("billing"),
                stored.version(),
                definition,
                Lifecycle.FINISHING,
                Subscription.Origin.API,
                "ann",
                NOW));
    assertThat(store.all()).isEqualTo(new SubscriptionSet(stored.version(), List.of(stored)));
    assertThat(store.versions(name("billing"), 10)).containsExactly(stored);
  }

  @Test
  default void all_areInTheOrderOfTheirNames() {
    SubscriptionStore store = newStore();
    for (String name : List.of("mail", "audit", "a-b", "a_b", "a.b", "zoo", "0")) {
      stored(store, put(name, Expected.ANY));
    }

    assertThat(names(store.all().subscriptions()))
        .containsExactly("0", "a-b", "a.b", "a_b", "audit", "mail", "zoo");
  }

  @Test
  default void eachChange_makesAGreaterVersionOfTheSet() {
    SubscriptionStore store = newStore();
    long first = stored(store, put("mail", Expected.ANY)).version();
    long second = stored(store, put("audit", Expected.ANY)).version();
    long third = stored(store, put("mail", Expected.ANY)).version();

    assertThat(first).isPositive();
    assertThat(second).isGreaterThan(first);
    assertThat(third).isGreaterThan(second);
    assertThat(store.version()).isEqualTo(third);
    assertThat(store.all().version()).isEqualTo(third);
  }

  @Test
  default void expectedVersion_mustBeTheStoredOne() {
    SubscriptionStore store = newStore();
    Subscription first = stored(store, put("mail", Expected.ABSENT));
    Subscription second = stored(store, put("mail", new Expected.Version(first.version())));

    assertThat(store.change(List.of(put("mail", new Expected.Version(first.version()))), "b", NOW))
        .isEqualTo(new Conflict(name("mail"), Optional.of(second)));
    assertThat(store.change(List.of(put("mail", Expected.ABSENT)), "bob", NOW))
        .isEqualTo(new Conflict(name("mail"), Optional.of(second)));
    assertThat(store.change(List.of(put("none", new Expected.Version(1))), "bob", NOW))
        .isEqualTo(new Conflict(name("none"), Optional.empty()));
    assertThat(store.version()).isEqualTo(second.version());
  }

  /// The built-in subscription has version 0 and is not stored.
  @Test
  default void expectedVersionZero_isNeverStored() {
    SubscriptionStore store = newStore();

    assertThat(store.change(List.of(put("mail", new Expected.Version(0))), "ann", NOW))
        .isEqualTo(new Conflict(name("mail"), Optional.empty()));
    stored(store, delete("mail", Expected.ABSENT));
    assertThat(store.change(List.of(put("mail", new Expected.Version(0))), "ann", NOW))
        .isEqualTo(new Conflict(name("mail"), Optional.empty()));
  }

  /// A storage that lost its latest versions: a node that knows them must load the whole set.
  @Test
  default void changesSinceALaterVersion_areUnknown() {
    SubscriptionStore store = newStore();
    long version = stored(store, put("mail", Expected.ANY)).version();

    assertThat(store.changedSince(version + 1, 10)).isEmpty();
  }

  @Test
  default void changesTogether_areStoredAllOrNone() {
    SubscriptionStore store = newStore();
    Subscription mail = stored(store, put("mail", Expected.ABSENT));

    assertThat(
            store.change(
                List.of(put("audit", Expected.ABSENT), put("mail", Expected.ABSENT)), "bob", NOW))
        .isEqualTo(new Conflict(name("mail"), Optional.of(mail)));
    assertThat(names(store.all().subscriptions())).containsExactly("mail");

    var result =
        (Stored)
            store.change(
                List.of(put("audit", Expected.ABSENT), delete("mail", Expected.ANY)), "bob", NOW);

    assertThat(names(result.stored())).containsExactly("audit", "mail");
    assertThat(result.stored()).allMatch(one -> one.version() == store.version());
    assertThat(names(store.all().subscriptions())).containsExactly("audit");
  }

  @Test
  default void deletedSubscription_leavesItsHistoryAndItsName() {
    SubscriptionStore store = newStore();
    Subscription first = stored(store, put("mail", Expected.ABSENT));
    Subscription deleted = stored(store, delete("mail", Expected.ANY));

    assertThat(store.all()).isEqualTo(new SubscriptionSet(deleted.version(), List.of()));
    assertThat(store.versions(name("mail"), 10)).containsExactly(deleted, first);

    Subscription again = stored(store, put("mail", Expected.ABSENT));

    assertThat(store.versions(name("mail"), 10)).containsExactly(again, deleted, first);
    assertThat(store.versions(name("mail"), 2)).containsExactly(again, deleted);
  }

  @Test
  default void changedSince_namesTheCurrentVersionOfWhatChanged() {
    SubscriptionStore store = newStore();
    stored(store, put("quiet", Expected.ANY));
    stored(store, put("gone", Expected.ANY));
    long since = stored(store, put("mail", Expected.ANY)).version();
    stored(store, put("mail", Expected.ANY));
    Subscription mail = stored(store, put("mail", Expected.ANY));
    Subscription gone = stored(store, delete("gone", Expected.ANY));

    assertThat(store.changedSince(since, 10).orElseThrow().subscriptions())
        .containsExactlyInAnyOrder(mail, gone);
    assertThat(store.changedSince(since, 10).orElseThrow().version()).isEqualTo(gone.version());
    assertThat(store.changedSince(since, 1)).isEmpty();
    assertThat(store.changedSince(gone.version(), 1).orElseThrow().subscriptions()).isEmpty();
  }

  @Test
  default void oldestVersions_areDeletedToMakeRoom() {
    SubscriptionStore store = newStore();
    Subscription other = stored(store, put("other", Expected.ANY));
    List<Subscription> all = new ArrayList<>();
    for (int count = 0; count < SubscriptionStore.MAX_VERSIONS + 3; count++) {
      all.addFirst(stored(store, put("mail", Expected.ANY)));
    }

    assertThat(store.versions(name("mail"), 1_000))
        .containsExactlyElementsOf(all.subList(0, SubscriptionStore.MAX_VERSIONS));
    assertThat(store.versions(name("other"), 10)).containsExactly(other);
  }

  @Test
  default void fullStore_refusesOnlyNewOnes() {
    SubscriptionStore store = newStore();
    int most = SubscriptionStore.MAX_SUBSCRIPTIONS;
    for (int from = 0; from < most; from += 1_000) {
      store.change(
          IntStream.range(from, from + 1_000)
              .mapToObj(number -> put("s-" + number, Expected.ABSENT))
              .toList(),
          "ann",
          NOW);
    }

    assertThat(store.all().subscriptions()).hasSize(most);
    assertThat(store.change(List.of(put("more", Expected.ANY)), "ann", NOW))
        .isEqualTo(new SubscriptionChangeResult.Full());
    stored(store, put("s-7", Expected.ANY));
    assertThat(
            store.change(
                List.of(put("more", Expected.ANY), delete("s-7", Expected.ANY)), "ann", NOW))
        .isInstanceOf(Stored.class);
    assertThat(store.all().subscriptions()).hasSize(most);
  }

  @Test
  default void ofConcurrentEditors_oneWins() throws Exception {
    SubscriptionStore store = newStore();
    long version = stored(store, put("mail", Expected.ABSENT)).version();
    List<Callable<SubscriptionChangeResult>> editors =
        IntStream.range(0, 8)
            .<Callable<SubscriptionChangeResult>>mapToObj(
                number ->
                    () ->
                        store.change(
                            List.of(put("mail", new Expected.Version(version))),
                            "editor-" + number,
                            NOW))
            .toList();

    List<SubscriptionChangeResult> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<SubscriptionChangeResult> result : threads.invokeAll(editors)) {
        results.add(result.get());
      }
    }

    assertThat(results).filteredOn(Stored.class::isInstance).hasSize(1);
    assertThat(results).filteredOn(Conflict.class::isInstance).hasSize(7);
    assertThat(store.versions(name("mail"), 10)).hasSize(2);
  }

  @Test
  default void concurrentChangesOfDifferentSubscriptions_allHaveTheirOwnVersion() throws Exception {
    SubscriptionStore store = newStore();
    List<Callable<Subscription>> editors =
        IntStream.range(0, 8)
            .<Callable<Subscription>>mapToObj(
                number -> () -> stored(store, put("s-" + number, Expected.ABSENT)))
            .toList();

    List<Long> versions = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Subscription> result : threads.invokeAll(editors)) {
        versions.add(result.get().version());
      }
    }

    assertThat(versions).doesNotHaveDuplicates();
    assertThat(store.all().subscriptions()).hasSize(8);
    assertThat(store.changedSince(0, 100).orElseThrow().subscriptions()).hasSize(8);
  }
}

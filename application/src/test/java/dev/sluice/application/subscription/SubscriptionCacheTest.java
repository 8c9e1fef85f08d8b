package dev.sluice.application.subscription;

import static dev.sluice.application.subscription.Subscriptions.MAIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.application.fixture.HookedSubscriptions;
import dev.sluice.application.fixture.Outage;
import dev.sluice.application.fixture.Samples;
import dev.sluice.domain.port.StoreUnavailableException;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.TypePattern;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SubscriptionCacheTest {

  private final Subscriptions subscriptions = new Subscriptions();
  private final SubscriptionCache elsewhere = subscriptions.newCache();

  private void change(List<SubscriptionChange> changes) {
    subscriptions.store.change(changes, "ann", subscriptions.storage.now());
  }

  private void waitForRefresh() {
    subscriptions.storage.clock().advance(Duration.ofMillis(500));
    elsewhere.refreshWhenDue();
  }

  private int loads() {
    return subscriptions.store.hooks().calls(HookedSubscriptions.Call.ALL);
  }

  @Test
  void withoutStoredSubscriptions_theBuiltInOneHolds() {
    elsewhere.refresh();

    assertThat(elsewhere.current().all()).containsExactly(Samples.BUILT_IN);
    assertThat(elsewhere.current().isBuiltIn()).isTrue();
    assertThat(loads()).as("nothing was ever stored").isZero();
  }

  @Test
  void changeOfAnotherNode_isSeenWithinASecond() {
    elsewhere.refreshWhenDue();
    Subscription mail = subscriptions.put(MAIL, "a");
    elsewhere.refreshWhenDue();
    assertThat(elsewhere.current().isBuiltIn()).isTrue();

    waitForRefresh();

    assertThat(elsewhere.current().all()).containsExactly(mail);
    assertThat(elsewhere.current().version()).isEqualTo(mail.version());
  }

  @Test
  void change_isReadWithoutTheRest() {
    change(List.of(Samples.to("a", "x"), Samples.to("c", "x")));
    elsewhere.refresh();

    change(List.of(Samples.to("b", "x"), Samples.to("c", "y")));
    waitForRefresh();

    assertThat(elsewhere.current().all())
        .extracting(one -> one.name().value(), Subscription::version)
        .containsExactly(tuple("a", 1L), tuple("b", 2L), tuple("c", 2L));
    assertThat(loads()).isEqualTo(1);
  }

  @Test
  void deletedSubscription_isForgotten() {
    change(List.of(Samples.to("a", "x"), Samples.to("b", "x")));
    elsewhere.refresh();
    SubscriptionChange active = Samples.to("a", "x");
    change(
        List.of(
            new SubscriptionChange(
                active.name(),
                active.expected(),
                active.definition(),
                Lifecycle.DELETED,
                active.origin())));

    waitForRefresh();

    assertThat(elsewhere.find(active.name())).isEmpty();
    assertThat(elsewhere.current().all()).hasSize(1);
  }

  @Test
  void moreThanAThousandChanges_areReadAsAWholeSet() {
    subscriptions.put(MAIL, "a");
    elsewhere.refresh();
    int before = loads();
    change(IntStream.range(0, 1_001).mapToObj(number -> Samples.to("s-" + number, "x")).toList());

    waitForRefresh();

    assertThat(elsewhere.current().all()).hasSize(1_002);
    assertThat(loads()).isEqualTo(before + 1);
  }

  @Test
  void storageThatIsAway_leavesWhatWasKnown() {
    Subscription mail = subscriptions.put(MAIL, "a");
    elsewhere.refresh();
    subscriptions.put(MAIL, "b");
    var outage = Outage.ofCalls(1);
    subscriptions.store.hooks().before(HookedSubscriptions.Call.VERSION, outage);

    assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(elsewhere::refresh);
    assertThat(elsewhere.current().all()).containsExactly(mail);

    waitForRefresh();
    assertThat(elsewhere.find(MAIL).orElseThrow().definition())
        .isEqualTo(Subscriptions.definition("b"));
  }

  @Test
  void nodeThatWasSuspended_routesByTheRefreshThatFollows() throws Exception {
    SubscriptionCache patient = subscriptions.newCache(Duration.ofMinutes(1));
    patient.refresh();
    Subscription mail = subscriptions.put(MAIL, "a");
    assertThat(patient.forRouting().all()).as("just read").containsExactly(Samples.BUILT_IN);

    subscriptions.storage.clock().advance(Duration.ofSeconds(6));
    CompletableFuture<KnownSubscriptions> route = routeOnAnotherThread(patient);
    patient.refreshWhenDue();

    assertThat(route.get(30, TimeUnit.SECONDS).all()).containsExactly(mail);
  }

  @Test
  void machineWhoseCounterStoodStill_routesByTheRefreshThatFollows() throws Exception {
    SubscriptionCache patient = subscriptions.newCache(Duration.ofMinutes(1));
    patient.refresh();
    Subscription mail = subscriptions.put(MAIL, "a");

    subscriptions.storage.clock().step(Duration.ofHours(1));
    CompletableFuture<KnownSubscriptions> route = routeOnAnotherThread(patient);
    patient.refresh();

    assertThat(route.get(30, TimeUnit.SECONDS).all()).containsExactly(mail);
  }

  private static CompletableFuture<KnownSubscriptions> routeOnAnotherThread(
      SubscriptionCache cache) {
    return CompletableFuture.supplyAsync(
        cache::forRouting, task -> Thread.ofPlatform().daemon().start(task));
  }

  @Test
  void outageOfTheStorage_delaysNoEvent() throws Exception {
    SubscriptionCache patient = subscriptions.newCache(Duration.ofMinutes(1));
    Subscription mail = subscriptions.put(MAIL, "a");
    patient.refresh();
    subscriptions.store.hooks().before(HookedSubscriptions.Call.VERSION, Outage.forGood());
    subscriptions.storage.clock().advance(Duration.ofSeconds(6));

    assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(patient::refreshWhenDue);

    assertThat(routeOnAnotherThread(patient).get(30, TimeUnit.SECONDS).all()).containsExactly(mail);
  }

  @Test
  void storageThatHangs_delaysTheFirstEventsAlone() {
    SubscriptionCache impatient = subscriptions.newCache(Duration.ZERO);
    Subscription mail = subscriptions.put(MAIL, "a");
    impatient.refresh();
    subscriptions.storage.clock().advance(Duration.ofSeconds(6));
    int before = subscriptions.store.hooks().calls(HookedSubscriptions.Call.VERSION);

    assertThat(impatient.forRouting().all()).containsExactly(mail);

    assertThat(subscriptions.store.hooks().calls(HookedSubscriptions.Call.VERSION))
        .as("the thread of a request asks no storage")
        .isEqualTo(before);
  }

  @Test
  void emptiedStorage_isGivenBackWhatTheNodeKnows() {
    Subscription mail = subscriptions.put(MAIL, "a");
    elsewhere.refresh();
    assertThat(elsewhere.current().processed())
        .containsExactly(mail, Samples.BUILT_IN.with(Lifecycle.FINISHING));
    subscriptions.store.replace(MemoryAdapter.subscriptions());

    waitForRefresh();

    assertThat(elsewhere.find(MAIL).orElseThrow().definition()).isEqualTo(mail.definition());
    assertThat(subscriptions.store.all().subscriptions())
        .extracting(Subscription::name)
        .containsExactly(MAIL);
  }

  @Test
  void demoOnly_isSaidOfThoseThatGetEvents() {
    assertThat(elsewhere.current().isDemoOnly()).as("built in").isTrue();
    change(List.of(Samples.to("demo", "x"), log("log", Lifecycle.FINISHING)));
    elsewhere.refresh();
    assertThat(elsewhere.current().isDemoOnly()).as("a deleted one delivers").isTrue();

    change(List.of(log("log", Lifecycle.ACTIVE)));
    elsewhere.refresh();

    assertThat(elsewhere.current().isDemoOnly()).isFalse();
  }

  private static SubscriptionChange log(String name, Lifecycle lifecycle) {
    return new SubscriptionChange(
        new SubscriptionName(name),
        SubscriptionChange.Expected.ANY,
        SubscriptionDefinition.of(List.of(TypePattern.ANY), new Destination.Log()),
        lifecycle,
        Subscription.Origin.API);
  }
}

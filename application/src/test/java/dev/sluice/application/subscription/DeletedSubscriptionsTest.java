package dev.sluice.application.subscription;

import static dev.sluice.application.subscription.Subscriptions.MAIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.application.fixture.HookedSubscriptions;
import dev.sluice.application.subscription.ManageSubscriptions.Deliveries;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.StoreUnavailableException;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Pause;
import dev.sluice.domain.subscription.PauseScope;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DeletedSubscriptionsTest {

  private final Subscriptions subscriptions = new Subscriptions();
  private final DeletedSubscriptions deleted =
      new DeletedSubscriptions(
          subscriptions.cache, subscriptions.ports, subscriptions.storage.clock());

  private void delete(Deliveries deliveries) {
    Subscriptions.done(
        subscriptions.here.delete(MAIL, Optional.of(deliveries), Expected.ANY, "ann"));
  }

  /// Lets this time pass in steps of a second.
  private void pass(int seconds) {
    for (int second = 0; second < seconds; second++) {
      deleted.tick();
      subscriptions.storage.clock().advance(Duration.ofSeconds(1));
    }
    deleted.tick();
  }

  private Lifecycle lifecycle() {
    return subscriptions.here.versions(MAIL, 1).getFirst().lifecycle();
  }

  private List<Claim> claim(int most) {
    return subscriptions
        .storage
        .queue()
        .claim(StorageFixture.WORKER, QuotaSamples.upTo(most), StorageFixture.LEASE);
  }

  @Test
  void cancelling_cancelsWhatWaitsAndWaitsForWhatRuns() {
    subscriptions.put(MAIL, "*");
    List.of("1", "2", "3").forEach(subscriptions::append);
    Claim running = claim(1).getFirst();
    delete(Deliveries.CANCEL);

    pass(20);

    assertThat(subscriptions.storage.events().counts().of(DeliveryStatus.CANCELLED)).isEqualTo(2);
    assertThat(lifecycle()).isEqualTo(Lifecycle.CANCELLING);
    subscriptions.storage.settle(running, Resolution.COMPLETE);
    pass(2);
    assertThat(lifecycle()).isEqualTo(Lifecycle.DELETED);
  }

  @Test
  void finishing_keepsTheSubscriptionUntilItsDeliveriesAreFinished() {
    subscriptions.put(MAIL, "*");
    subscriptions.append("1");
    delete(Deliveries.FINISH);

    pass(60);

    assertThat(lifecycle()).isEqualTo(Lifecycle.FINISHING);
    subscriptions.storage.settle(claim(1).getFirst(), Resolution.COMPLETE);
    pass(2);
    assertThat(lifecycle()).isEqualTo(Lifecycle.DELETED);
    assertThat(subscriptions.storage.events().counts().of(DeliveryStatus.COMPLETED)).isEqualTo(1);
  }

  @Test
  void subscriptionWithoutDeliveries_isKeptAsLongAsNodesMayRouteToIt() {
    subscriptions.put(MAIL, "*");
    delete(Deliveries.CANCEL);

    pass(9);
    assertThat(lifecycle()).isEqualTo(Lifecycle.CANCELLING);
    subscriptions.append("routed by a node that did not know it yet");
    pass(3);

    assertThat(lifecycle()).isEqualTo(Lifecycle.DELETED);
    assertThat(subscriptions.storage.events().counts().of(DeliveryStatus.CANCELLED)).isEqualTo(1);
    assertThat(subscriptions.cache.current().isBuiltIn()).as("none is left").isTrue();
  }

  @Test
  void subscriptionThatIsCreatedAgain_isNotRemoved() {
    subscriptions.put(MAIL, "*");
    delete(Deliveries.FINISH);
    pass(9);
    subscriptions.put(MAIL, "*");

    pass(30);

    assertThat(lifecycle()).isEqualTo(Lifecycle.ACTIVE);
  }

  @Test
  void manyWaitingDeliveries_areCancelledInSteps() {
    subscriptions.put(MAIL, "*");
    for (int number = 0; number < 1_200; number++) {
      subscriptions.append("e-" + number);
    }
    delete(Deliveries.CANCEL);

    deleted.tick();
    assertThat(subscriptions.storage.events().counts().of(DeliveryStatus.CANCELLED)).isEqualTo(500);
    for (int tick = 0; tick < 2; tick++) {
      subscriptions.storage.clock().advance(Duration.ofMillis(200));
      deleted.tick();
    }

    assertThat(subscriptions.storage.events().counts().of(DeliveryStatus.CANCELLED))
        .isEqualTo(1_200);
  }

  @Test
  void manyDeletedSubscriptions_allHaveTheirTurn() {
    for (int number = 0; number < 250; number++) {
      var name = new SubscriptionName("s-" + number);
      subscriptions.put(name, "*");
      Subscriptions.done(subscriptions.here.delete(name, Optional.empty(), Expected.ANY, "ann"));
    }

    pass(20);

    assertThat(subscriptions.store.all().subscriptions()).isEmpty();
  }

  @Test
  void pause_endsWithTheSubscription() {
    subscriptions.put(MAIL, "*");
    var scope = new PauseScope.One(MAIL);
    subscriptions.ports.pauses().put(new Pause(scope, "x", "ann", Instant.EPOCH, Instant.MAX));
    delete(Deliveries.CANCEL);

    pass(9);
    assertThat(subscriptions.ports.pauses().all()).hasSize(1);
    pass(3);

    assertThat(subscriptions.ports.pauses().all()).isEmpty();
  }

  /// A later subscription of this name must not begin paused.
  @Test
  void processThatEndsAfterTheDeletion_leavesNoPause() {
    subscriptions.put(MAIL, "*");
    var scope = new PauseScope.One(MAIL);
    subscriptions.ports.pauses().put(new Pause(scope, "x", "ann", Instant.EPOCH, Instant.MAX));
    delete(Deliveries.CANCEL);
    subscriptions
        .store
        .hooks()
        .after(
            HookedSubscriptions.Call.CHANGE,
            () -> {
              throw new StoreUnavailableException("outcome unknown");
            });

    assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> pass(20));

    assertThat(lifecycle()).isEqualTo(Lifecycle.DELETED);
    assertThat(subscriptions.ports.pauses().all()).isEmpty();
  }

  @Test
  void withoutDeletedSubscriptions_nothingIsRead() {
    subscriptions.put(MAIL, "*");
    int before = subscriptions.store.hooks().calls(HookedSubscriptions.Call.VERSION);

    pass(60);

    assertThat(subscriptions.store.hooks().calls(HookedSubscriptions.Call.VERSION))
        .isEqualTo(before);
  }
}

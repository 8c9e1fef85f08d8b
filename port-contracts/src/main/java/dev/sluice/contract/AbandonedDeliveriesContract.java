package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.AttemptCount;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.SettlementResult;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The promises of [dev.sluice.domain.port.DeliveryQueue] on deliveries whose worker stopped
/// responding: they are claimed separately, and the first abandonment costs no attempt.
public interface AbandonedDeliveriesContract {

  /// The cause of their failures.
  FailureCause ABANDONED =
      new FailureCause(FailureCause.Kind.ABANDONED, "LeaseExpired", "nothing was heard");

  /// Returns a new, empty storage with room for at least 10,000 events.
  StorageFixture newStorage();

  private static void abandon(StorageFixture fixture) {
    fixture.clock().advance(StorageFixture.LEASE);
    var again = new Resolution.Retry(fixture.now(), ABANDONED);
    assertThat(fixture.queue().reclaimExpired(100, _ -> again)).isNotEmpty();
  }

  private static List<Claim> claimAbandoned(StorageFixture fixture, int max) {
    return fixture
        .queue()
        .claimAbandoned(StorageFixture.WORKER, QuotaSamples.upTo(max), StorageFixture.LEASE);
  }

  @Test
  default void abandonedDelivery_isClaimedApart() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    assertThat(fixture.claimOne().isAfterAbandonment()).isFalse();
    abandon(fixture);
    fixture.append("e-2");

    assertThat(fixture.claimOne().event().id().value()).isEqualTo("e-2");
    assertThat(claimAbandoned(fixture, 10))
        .singleElement()
        .satisfies(
            claim -> {
              assertThat(claim.event().id().value()).isEqualTo("e-1");
              assertThat(claim.isAfterAbandonment()).isTrue();
            });
    assertThat(claimAbandoned(fixture, 10)).isEmpty();
  }

  @Test
  default void firstAbandonment_costsNoAttempt() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    fixture.claimOne();
    abandon(fixture);

    assertThat(claimAbandoned(fixture, 1).getFirst().attempts()).isEqualTo(new AttemptCount(2, 1));
  }

  @Test
  default void abandonmentOfWhatWasClaimedApart_costsAnAttempt() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    fixture.claimOne();
    abandon(fixture);
    claimAbandoned(fixture, 1);
    abandon(fixture);

    Claim third = claimAbandoned(fixture, 1).getFirst();
    assertThat(third.attempts()).isEqualTo(new AttemptCount(3, 2));
    assertThat(third.isAfterAbandonment()).isTrue();
  }

  @Test
  default void reclaimedClaim_saysWhetherItWasClaimedApart() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    fixture.claimOne();
    abandon(fixture);
    claimAbandoned(fixture, 1);
    fixture.clock().advance(StorageFixture.LEASE);

    assertThat(fixture.queue().reclaimExpired(1, _ -> Resolution.HAND_BACK))
        .singleElement()
        .satisfies(reclaimed -> assertThat(reclaimed.claim().isAfterAbandonment()).isTrue());
  }

  @Test
  default void claimOfAbandonedDeliveries_takesNoMoreThanItsLimit() {
    StorageFixture fixture = newStorage();
    fixture.events().append(Events.many(5));
    fixture.queue().claim(StorageFixture.WORKER, QuotaSamples.upTo(5), StorageFixture.LEASE);
    abandon(fixture);

    assertThat(claimAbandoned(fixture, 2)).hasSize(2);
    assertThat(claimAbandoned(fixture, 10)).hasSize(3);
  }

  @Test
  default void claimOfAbandonedDeliveries_takesALeaseOfAnyLength() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    fixture.claimOne();
    abandon(fixture);

    Duration endless = Duration.ofSeconds(Long.MAX_VALUE);
    Claim claim =
        fixture
            .queue()
            .claimAbandoned(StorageFixture.WORKER, QuotaSamples.upTo(1), endless)
            .getFirst();

    assertThat(fixture.settle(claim, Resolution.COMPLETE)).isEqualTo(SettlementResult.SETTLED);
  }

  @Test
  default void abandonedDeliveryThatFailsInOrder_isOneOfManyAgain() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    fixture.claimOne();
    abandon(fixture);
    Claim second = claimAbandoned(fixture, 1).getFirst();
    fixture.settle(second, fixture.retryIn(Duration.ZERO));

    assertThat(fixture.claimOne().isAfterAbandonment()).isFalse();
  }

  @Test
  default void abandonedDeliveryOfAPausedSubscription_staysWhereItIs() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    Claim first = fixture.claimOne();
    abandon(fixture);
    Set<SubscriptionName> paused = Set.of(first.subscription());

    assertThat(
            fixture
                .queue()
                .claimAbandoned(
                    StorageFixture.WORKER, QuotaSamples.without(10, paused), StorageFixture.LEASE))
        .isEmpty();
    assertThat(claimAbandoned(fixture, 10)).hasSize(1);
  }
}

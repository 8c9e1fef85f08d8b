package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Lease;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.DeliveryQueue.Reclaimed;
import dev.sluice.domain.port.SettlementResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The promises of [dev.sluice.domain.port.DeliveryQueue] on leases: which worker may still settle,
/// and when others may take over.
public interface LeaseContract {

  /// Returns a new, empty storage with room for at least 10,000 events.
  StorageFixture newStorage();

  @Test
  default void expiredLease_isReclaimedWithTheVerdict() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    Claim claim = fixture.claimOne();

    fixture.clock().advance(StorageFixture.LEASE);
    List<Reclaimed> reclaimed =
        fixture.queue().reclaimExpired(10, _ -> fixture.retryIn(Duration.ZERO));

    assertThat(reclaimed)
        .extracting(one -> one.claim().delivery())
        .containsExactly(claim.delivery());
    assertThat(fixture.claimOne().attempt()).isEqualTo(2);
  }

  @Test
  default void livingLease_isNotReclaimed() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    fixture.claimOne();

    fixture.clock().advance(StorageFixture.LEASE.minusMillis(1));

    assertThat(fixture.queue().reclaimExpired(10, _ -> Resolution.COMPLETE)).isEmpty();
    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.PROCESSING);
  }

  @Test
  default void reclaim_takesNoMoreThanItsLimit() {
    StorageFixture fixture = newStorage();
    fixture.events().append(Events.many(5));
    claim(fixture, StorageFixture.WORKER, 5);
    fixture.clock().advance(StorageFixture.LEASE);

    assertThat(fixture.queue().reclaimExpired(3, _ -> fixture.retryIn(Duration.ZERO))).hasSize(3);
    assertThat(fixture.queue().reclaimExpired(3, _ -> fixture.retryIn(Duration.ZERO))).hasSize(2);
  }

  /// A call may reclaim fewer than it is asked for, so that large events cannot exhaust the memory;
  /// the next calls reclaim the rest.
  @Test
  default void largePayloads_areAllReclaimed() {
    StorageFixture fixture = newStorage();
    String large = "\"" + "x".repeat(5 << 20) + "\"";
    List<String> ids = List.of("a", "b", "c", "d", "e");
    ids.forEach(id -> fixture.append(Events.withPayload(Events.event(id), large)));
    int claimed = 0;
    while (claimed < ids.size()) {
      List<Claim> some = claim(fixture, StorageFixture.WORKER, 10);
      assertThat(some).isNotEmpty();
      claimed += some.size();
    }
    fixture.clock().advance(StorageFixture.LEASE);

    int reclaimed = 0;
    while (reclaimed < ids.size()) {
      List<Reclaimed> some =
          fixture.queue().reclaimExpired(10, _ -> fixture.retryIn(Duration.ZERO));
      assertThat(some).isNotEmpty();
      reclaimed += some.size();
    }
    assertThat(reclaimed).isEqualTo(ids.size());
  }

  @Test
  default void settlementAfterTakeover_isRefused() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    Claim stale = fixture.claimOne();
    fixture.clock().advance(StorageFixture.LEASE);
    fixture.queue().reclaimExpired(10, _ -> fixture.retryIn(Duration.ZERO));
    Claim current = fixture.claimOne();

    assertThat(fixture.settle(stale, Resolution.COMPLETE)).isEqualTo(SettlementResult.LEASE_LOST);
    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.PROCESSING);
    assertThat(fixture.settle(current, Resolution.COMPLETE)).isEqualTo(SettlementResult.SETTLED);
  }

  @Test
  default void settlementForAForgottenEventThatCameAgain_isRefused() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    Claim stale = fixture.claimOne();
    fixture.clock().advance(StorageFixture.LEASE);
    fixture.queue().reclaimExpired(10, _ -> new Resolution.DeadLetter(StorageFixture.CAUSE));
    fixture.events().purge(fixture.now().plusSeconds(1), 10);
    fixture.append(Events.event("e-1", "t", fixture.now()));
    fixture.claimOne();

    assertThat(fixture.settle(stale, Resolution.COMPLETE)).isEqualTo(SettlementResult.LEASE_LOST);
    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.PROCESSING);
  }

  @Test
  default void extendedLease_lastsLonger() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    Claim claim = fixture.claimOne();
    fixture.clock().advance(Duration.ofSeconds(20));

    assertThat(fixture.queue().extend(List.of(claim), StorageFixture.LEASE)).isEmpty();

    fixture.clock().advance(Duration.ofSeconds(29));
    assertThat(fixture.queue().reclaimExpired(10, _ -> Resolution.COMPLETE)).isEmpty();
    assertThat(fixture.settle(claim, Resolution.COMPLETE)).isEqualTo(SettlementResult.SETTLED);
  }

  @Test
  default void lostLease_cannotBeExtended() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    Claim claim = fixture.claimOne();
    fixture.clock().advance(StorageFixture.LEASE);
    fixture.queue().reclaimExpired(10, _ -> fixture.retryIn(Duration.ZERO));

    assertThat(fixture.queue().extend(List.of(claim), StorageFixture.LEASE)).containsExactly(claim);
  }

  @Test
  default void claimOfAnotherWorker_neitherSettlesNorExtends() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    Claim current = fixture.claimOne();
    Lease lease = current.lease();
    var other = new Lease(new WorkerId("worker-2"), lease.startedAt(), lease.expiresAt());

    assertIsNotTheOwner(fixture, current, other);
  }

  @Test
  default void claimOfAnotherTime_neitherSettlesNorExtends() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    Claim current = fixture.claimOne();
    Lease lease = current.lease();
    var earlier = new Lease(lease.worker(), lease.startedAt().minusSeconds(1), lease.expiresAt());

    assertIsNotTheOwner(fixture, current, earlier);
  }

  private static void assertIsNotTheOwner(StorageFixture fixture, Claim current, Lease lease) {
    var stale =
        new Claim(
            current.sequence(),
            current.event(),
            current.subscription(),
            current.attempts(),
            lease,
            current.isAfterAbandonment());

    assertThat(fixture.queue().extend(List.of(stale), StorageFixture.LEASE)).containsExactly(stale);
    assertThat(fixture.settle(stale, Resolution.COMPLETE)).isEqualTo(SettlementResult.LEASE_LOST);
    assertThat(fixture.queue().extend(List.of(current), StorageFixture.LEASE)).isEmpty();
    assertThat(fixture.settle(current, Resolution.COMPLETE)).isEqualTo(SettlementResult.SETTLED);
  }

  private static List<Claim> claim(StorageFixture fixture, WorkerId worker, int max) {
    return fixture.queue().claim(worker, QuotaSamples.upTo(max), StorageFixture.LEASE);
  }
}

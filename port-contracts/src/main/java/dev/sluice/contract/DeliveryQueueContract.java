package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.port.SettlementResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The promises of [dev.sluice.domain.port.DeliveryQueue].
public interface DeliveryQueueContract {

  /// Returns a new, empty storage with room for at least 10,000 events.
  StorageFixture newStorage();

  @Test
  default void claims_neverReturnTheSameDeliveryTwice() throws Exception {
    StorageFixture fixture = newStorage();
    fixture.events().append(Events.many(2_000));
    Queue<EventId> claimed = new ConcurrentLinkedQueue<>();

    try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int worker = 0; worker < 8; worker++) {
        var id = new WorkerId("worker-" + worker);
        workers.execute(
            () -> {
              for (List<Claim> claims = claim(fixture, id, 7);
                  !claims.isEmpty();
                  claims = claim(fixture, id, 7)) {
                claims.forEach(claim -> claimed.add(claim.event().id()));
              }
            });
      }
    }

    assertThat(claimed).hasSize(2_000).doesNotHaveDuplicates();
  }

  @Test
  default void claim_takesNoMoreThanAsked() {
    StorageFixture fixture = newStorage();
    fixture.events().append(Events.many(5));

    assertThat(claim(fixture, StorageFixture.WORKER, 3)).hasSize(3);
    assertThat(claim(fixture, StorageFixture.WORKER, 3)).hasSize(2);
  }

  /// A claim may return fewer than are due; the next ones return the rest.
  @Test
  default void largePayloads_areAllClaimed() {
    StorageFixture fixture = newStorage();
    String large = "\"" + "x".repeat(5 << 20) + "\"";
    for (String id : List.of("a", "b", "c", "d", "e")) {
      fixture.append(Events.withPayload(Events.event(id), large));
    }

    var claimed = new ArrayList<String>();
    for (List<Claim> claims = claim(fixture, StorageFixture.WORKER, 10);
        !claims.isEmpty();
        claims = claim(fixture, StorageFixture.WORKER, 10)) {
      claims.forEach(claim -> claimed.add(claim.event().id().value()));
    }

    assertThat(claimed).containsExactly("a", "b", "c", "d", "e");
  }

  @Test
  default void claimedDelivery_isProcessingUnderTheWorkersLease() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");

    Claim claim = fixture.claimOne();

    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.PROCESSING);
    assertThat(claim.attempt()).isEqualTo(1);
    assertThat(claim.lease().worker()).isEqualTo(StorageFixture.WORKER);
    assertThat(claim.lease().expiresAt()).isEqualTo(fixture.now().plus(StorageFixture.LEASE));
    assertThat(attempts(fixture, "e-1"))
        .singleElement()
        .satisfies(attempt -> assertThat(attempt.end()).isInstanceOf(Attempt.StillRunning.class));
  }

  @Test
  default void completedSettlement_endsTheDelivery() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");

    assertThat(fixture.settle(fixture.claimOne(), Resolution.COMPLETE))
        .isEqualTo(SettlementResult.SETTLED);

    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.COMPLETED);
    assertThat(fixture.record("e-1").summary().completedAt()).contains(fixture.now());
    assertThat(attempts(fixture, "e-1"))
        .extracting(Attempt::end)
        .containsExactly(new Attempt.Succeeded(fixture.now()));
  }

  @Test
  default void secondSettlement_isRefused() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    Claim claim = fixture.claimOne();
    fixture.settle(claim, Resolution.COMPLETE);

    assertThat(fixture.settle(claim, new Resolution.DeadLetter(StorageFixture.CAUSE)))
        .isEqualTo(SettlementResult.LEASE_LOST);
    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.COMPLETED);
  }

  @Test
  default void settlementsOfABatch_areJudgedOneByOne() {
    StorageFixture fixture = newStorage();
    fixture.events().append(Events.many(2));
    List<Claim> claims = claim(fixture, StorageFixture.WORKER, 2);
    fixture.settle(claims.getFirst(), Resolution.COMPLETE);

    List<Settlement> batch =
        claims.stream().map(claim -> new Settlement(claim, Resolution.COMPLETE)).toList();

    assertThat(fixture.queue().settle(batch))
        .containsExactly(SettlementResult.LEASE_LOST, SettlementResult.SETTLED);
  }

  @Test
  default void retry_isNotClaimableBeforeItIsDue() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    fixture.settle(fixture.claimOne(), fixture.retryIn(Duration.ofSeconds(10)));

    fixture.clock().advance(Duration.ofSeconds(9));
    assertThat(claim(fixture, StorageFixture.WORKER, 1)).isEmpty();
    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.RETRYING);

    fixture.clock().advance(Duration.ofSeconds(1));
    assertThat(fixture.claimOne().attempt()).isEqualTo(2);
  }

  /// A message that the storage rejected would be retried for ever.
  @Test
  default void strangeMessage_isKeptAsItIs() {
    StorageFixture fixture = newStorage();
    var strange =
        new FailureCause(
            FailureCause.Kind.HANDLER, "'; drop", "{\"a\":[\\n\t\u0001\u0000\uD800\uD83D\uDE80,}");
    fixture.append("e-1");

    fixture.settle(fixture.claimOne(), new Resolution.DeadLetter(strange));

    assertThat(fixture.record("e-1").summary().lastError()).contains(strange);
  }

  @Test
  default void handedBackDelivery_waitsAsBeforeAndCostsNoAttempt() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");

    fixture.settle(fixture.claimOne(), Resolution.HAND_BACK);

    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.RECEIVED);
    Claim again = fixture.claimOne();
    assertThat(again.attempts().spent()).isEqualTo(1);
    assertThat(again.attempt()).as("the fencing token never comes twice").isEqualTo(2);
  }

  @Test
  default void handedBackRetry_isStillARetry() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    fixture.settle(fixture.claimOne(), fixture.retryIn(Duration.ZERO));

    fixture.settle(fixture.claimOne(), Resolution.HAND_BACK);

    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.RETRYING);
    assertThat(fixture.record("e-1").summary().lastError()).contains(StorageFixture.CAUSE);
  }

  @Test
  default void awaitWork_returnsAtOnceWhenWorkIsDue() throws Exception {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");

    assertThat(returnsSoon(fixture, Duration.ofDays(1))).isTrue();
  }

  /// [dev.sluice.domain.port.DeliveryQueue#awaitWork] may return spuriously, so the waiter checks
  /// and waits again, as workers do.
  @Test
  default void awaitWork_returnsWhenWorkArrives() throws Exception {
    StorageFixture fixture = newStorage();
    var found = new CountDownLatch(1);
    Thread waiter =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    while (claim(fixture, StorageFixture.WORKER, 1).isEmpty()) {
                      fixture.queue().awaitWork(QuotaSamples.upTo(100), Duration.ofDays(1));
                    }
                    found.countDown();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    Eventually.holds(
        "the waiter waits",
        () -> Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING).contains(waiter.getState()));

    fixture.append("e-1");

    assertThat(found.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  default void awaitWork_returnsAfterTheWait() throws Exception {
    assertThat(returnsSoon(newStorage(), Duration.ofMillis(1))).isTrue();
  }

  private static boolean returnsSoon(StorageFixture fixture, Duration wait)
      throws InterruptedException {
    var returned = new CountDownLatch(1);
    Thread waiter =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    fixture.queue().awaitWork(QuotaSamples.upTo(100), wait);
                    returned.countDown();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    boolean isSoon = returned.await(10, TimeUnit.SECONDS);
    waiter.interrupt();
    return isSoon;
  }

  private static List<Claim> claim(StorageFixture fixture, WorkerId worker, int max) {
    return fixture.queue().claim(worker, QuotaSamples.upTo(max), StorageFixture.LEASE);
  }

  private static List<Attempt> attempts(StorageFixture fixture, String id) {
    return fixture.record(id).history().stream()
        .flatMap(history -> history.attempts().stream())
        .collect(Collectors.toList());
  }
}

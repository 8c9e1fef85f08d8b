package dev.sluice.domain.delivery;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// Sample states: one of each kind, and one `processing` for each state that it can follow.
final class States {

  static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
  static final Instant LATER = NOW.plusSeconds(60);
  static final AttemptCount COUNT = new AttemptCount(3, 2);
  static final FailureCause CAUSE =
      new FailureCause(FailureCause.Kind.HANDLER, "IOException", "receiver said no");
  static final Lease LEASE = new Lease(new WorkerId("worker-1"), NOW, LATER);

  static final DeliveryState.Received RECEIVED = new DeliveryState.Received(COUNT, NOW);
  static final DeliveryState.Retrying RETRYING = new DeliveryState.Retrying(COUNT, NOW, NOW, CAUSE);
  static final DeliveryState.Processing FIRST_ATTEMPT = RECEIVED.claim(LEASE);
  static final DeliveryState.Processing NEXT_ATTEMPT = RETRYING.claim(LEASE);
  static final DeliveryState.Completed COMPLETED = new DeliveryState.Completed(COUNT, NOW);
  static final DeliveryState.Failed FAILED = new DeliveryState.Failed(COUNT, NOW, CAUSE);
  static final DeliveryState.Cancelled CANCELLED = new DeliveryState.Cancelled(COUNT, NOW);

  static final DeliveryState.Expired EXPIRED = new DeliveryState.Expired(COUNT, NOW);

  static final List<DeliveryState> ALL =
      List.of(
          RECEIVED, RETRYING, FIRST_ATTEMPT, NEXT_ATTEMPT, COMPLETED, FAILED, CANCELLED, EXPIRED);

  static final List<Resolution> RESOLUTIONS =
      List.of(
          Resolution.COMPLETE,
          new Resolution.Retry(LATER, CAUSE),
          new Resolution.DeadLetter(CAUSE),
          Resolution.HAND_BACK,
          Resolution.EXPIRE);

  private States() {}

  /// Returns the names of all kinds of resolution.
  static List<String> kindsOfResolution() {
    return Arrays.stream(Resolution.class.getPermittedSubclasses()).map(Class::getName).toList();
  }

  /// Returns every state that one transition leads to.
  static List<DeliveryState> reachableFrom(DeliveryState state) {
    return switch (state) {
      case DeliveryState.Waiting waiting -> List.of(waiting.claim(LEASE), waiting.cancel(LATER));
      case DeliveryState.Processing processing ->
          RESOLUTIONS.stream().map(resolution -> processing.settle(resolution, LATER)).toList();
      case DeliveryState.Failed failed -> List.of(failed.replay(LATER), failed.discard(LATER));
      case DeliveryState.Finished finished -> List.of(finished.replay(LATER));
    };
  }
}

package dev.sluice.application.operate;

import dev.sluice.application.operate.BulkOperations.Planned;
import dev.sluice.domain.subscription.EventPattern;
import dev.sluice.domain.subscription.Subscription;
import java.time.Instant;
import java.util.Optional;

/// Plans back-fills, which make deliveries in one subscription for stored events that have none in
/// it. They are started and stopped like all other bulk jobs, with [BulkOperations].
public interface BackfillOperations {

  /// Determines which events the subscription would receive and has no delivery for, and keeps that
  /// as a plan for 15 minutes. Reads the payload of each event of the time and the types.
  ///
  /// The subscription's types and filter always apply: those of now, and those of each step.
  ///
  /// @param by who requests it
  /// @throws dev.sluice.domain.port.StoreUnavailableException when the storage does not answer
  Planned plan(Subscription subscription, Request request, String by);

  /// Which events.
  ///
  /// @param since they occurred at this time or later
  /// @param until they occurred at this time or earlier
  /// @param filter a further filter; it must be one that is understood
  record Request(Instant since, Instant until, Optional<EventPattern> filter) {}
}

package dev.sluice.contract;

import dev.sluice.domain.delivery.EventRecord;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.AppendResult;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.DeliveryControl;
import dev.sluice.domain.port.DeliveryQueue;
import dev.sluice.domain.port.EventStore;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.port.SettlementResult;
import dev.sluice.domain.port.Storage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A new, empty storage and its clock, with the few steps that most tests begin with.
///
/// @param storage the storage under test
/// @param clock the storage's time
public record StorageFixture(Storage storage, SettableClock clock) {

  /// The length of leases.
  public static final Duration LEASE = Duration.ofSeconds(30);

  /// The worker that claims.
  public static final WorkerId WORKER = new WorkerId("worker-1");

  /// The cause of failures.
  public static final FailureCause CAUSE =
      new FailureCause(FailureCause.Kind.HANDLER, "IllegalStateException", "receiver said no");

  public EventStore events() {
    return storage.events();
  }

  public DeliveryQueue queue() {
    return storage.deliveries();
  }

  public DeliveryControl control() {
    return storage.control();
  }

  /// Stores an event for the default subscription.
  public AppendResult append(Event event) {
    return events().append(List.of(Events.routed(event))).getFirst();
  }

  /// Stores an event with this id.
  public void append(String id) {
    append(Events.event(id));
  }

  /// Claims the one delivery that is due.
  public Claim claimOne() {
    List<Claim> claims = queue().claim(WORKER, QuotaSamples.upTo(10), LEASE);
    if (claims.size() != 1) {
      throw new AssertionError("expected one delivery to be due, but claimed " + claims);
    }
    return claims.getFirst();
  }

  /// Claims all due deliveries, which may be none.
  public List<Claim> claimDue() {
    return queue().claim(WORKER, QuotaSamples.upTo(10), LEASE);
  }

  /// Settles one claim.
  public SettlementResult settle(Claim claim, Resolution resolution) {
    return queue().settle(List.of(new Settlement(claim, resolution))).getFirst();
  }

  /// Stores an event and processes it.
  public void complete(String id) {
    append(id);
    settle(claimOne(), Resolution.COMPLETE);
  }

  /// Stores an event and makes it a dead letter.
  public void deadLetter(Event event) {
    append(event);
    settle(claimOne(), new Resolution.DeadLetter(CAUSE));
  }

  /// Returns a retry that is due `wait` from now.
  public Resolution retryIn(Duration wait) {
    return new Resolution.Retry(clock.instant().plus(wait), CAUSE);
  }

  /// Returns the record of an event.
  public EventRecord record(String id) {
    return events()
        .find(new EventId(id))
        .orElseThrow(() -> new AssertionError("not stored: " + id));
  }

  /// Returns the status of an event.
  public EventStatus status(String id) {
    return record(id).summary().status();
  }

  /// Returns the storage's time.
  public Instant now() {
    return clock.instant();
  }
}

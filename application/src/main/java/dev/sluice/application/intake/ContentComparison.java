package dev.sluice.application.intake;

import dev.sluice.domain.delivery.EventRecord;
import dev.sluice.domain.event.ContentDigest;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.ContentDigests;
import dev.sluice.domain.port.DamagedEventException;
import dev.sluice.domain.port.EventStore;
import dev.sluice.domain.port.ExistingEvent;
import dev.sluice.domain.port.PortException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Distinguishes events that are sent again from different events with the same id, by digests.
///
/// Stored events without a digest (from older versions, or with ids that Sluice made) are read once
/// to compute it: a few at a time across all callers, because each may be large.
final class ContentComparison {

  private static final System.Logger LOG = System.getLogger(ContentComparison.class.getName());

  /// Payloads held in memory for this, across all callers.
  private static final int READ_AT_ONCE = 2;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private final EventStore store;
  private final ContentDigests digests;
  private final Semaphore reading = new Semaphore(READ_AT_ONCE, true);

  ContentComparison(EventStore store, ContentDigests digests) {
    this.store = store;
    this.digests = digests;
  }

  /// The digest to store with a new event.
  ContentDigest digestOf(Event event) {
    return digests.of(event);
  }

  /// Starts the comparisons of one call.
  Batch begin() {
    return new Batch();
  }

  /// The comparisons of one call. What is found for one event of a batch holds for those after it.
  final class Batch {

    private final Map<EventId, Stored> known = new HashMap<>();
    private final List<ExistingEvent> computed = new ArrayList<>();

    /// After one wait timed out, the rest of the batch does not wait: it may hold thousands.
    private boolean hasGivenUp;

    /// Compares an event with the stored one.
    IngestResult compare(Event event, Optional<ContentDigest> digest, ExistingEvent existing) {
      ContentDigest own = digest.orElseGet(() -> digests.of(event));
      return switch (known.computeIfAbsent(existing.id(), _ -> digestOf(existing, own))) {
        case Stored.Digest(ContentDigest stored) ->
            stored.equals(own)
                ? new IngestResult.Duplicate(existing)
                : new IngestResult.Conflict(existing);
        case Stored.Unknown(IngestResult result) -> result;
      };
    }

    private Stored digestOf(ExistingEvent existing, ContentDigest own) {
      return existing
          .digest()
          .filter(own::isComparableWith)
          .<Stored>map(Stored.Digest::new)
          .orElseGet(() -> read(existing));
    }

    private Stored read(ExistingEvent existing) {
      if (hasGivenUp || !tryAcquire()) {
        hasGivenUp = true;
        return new Stored.Unknown(IngestResult.Refused.CONTENDED);
      }
      try {
        Optional<EventRecord> found = store.find(existing.id());
        if (found.isEmpty()) {
          // Retention has just deleted it: the id is free on the next attempt.
          return new Stored.Unknown(IngestResult.Refused.CONTENDED);
        }
        ContentDigest digest = digests.of(found.get().summary().event());
        computed.add(existing.with(digest));
        return new Stored.Digest(digest);
      } catch (DamagedEventException e) {
        LOG.log(Level.ERROR, e.getMessage());
        return new Stored.Unknown(new IngestResult.Incomparable(existing));
      } catch (PortException e) {
        // The rest of the batch is stored, and must be reported so.
        LOG.log(Level.WARNING, "cannot compare event {0}: {1}", existing.id(), e.getMessage());
        hasGivenUp = true;
        return new Stored.Unknown(IngestResult.Refused.CONTENDED);
      } finally {
        reading.release();
      }
    }

    /// Stores the digests that had to be computed, so that they are not computed again.
    void finish() {
      if (computed.isEmpty()) {
        return;
      }
      try {
        store.keepDigests(computed);
      } catch (PortException e) {
        LOG.log(Level.DEBUG, "digests were not stored and will be computed again", e);
      }
    }
  }

  private boolean tryAcquire() {
    try {
      return reading.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// A digest to compare with, or why there is none.
  private sealed interface Stored {
    record Digest(ContentDigest digest) implements Stored {}

    record Unknown(IngestResult result) implements Stored {}
  }
}

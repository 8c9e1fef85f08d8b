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

/// Tells events that are sent again from others with the same id, by digests.
///
/// Events without a stored digest, which are those of older versions and those whose ids Sluice
/// made, are read once to compute it: a few at a time over all callers, because each may be large.
final class ContentComparison {

  private static final System.Logger LOG = System.getLogger(ContentComparison.class.getName());

  /// Payloads in memory for this, whoever asks.
  private static final int READ_AT_ONCE = 2;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private final EventStore store;
  private final ContentDigests digests;
  private final Semaphore reading = new Semaphore(READ_AT_ONCE, true);

  ContentComparison(EventStore store, ContentDigests digests) {
    this.store = store;
    this.digests = digests;
  }

  /// What is to be stored with a new event.
  ContentDigest digestOf(Event event) {
    return digests.of(event);
  }

  /// The comparisons of one call.
  Batch begin() {
    return new Batch();
  }

  /// What is found out for one event of a batch holds for those after it.
  final class Batch {

    private final Map<EventId, Stored> known = new HashMap<>();
    private final List<ExistingEvent> computed = new ArrayList<>();

    /// After one wait in vain there is none for the others: a batch may hold thousands.
    private boolean hasGivenUp;

    /// Whether the event is the one that is stored.
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
          // Retention has just taken it away: the id is free when it comes the next time.
          return new Stored.Unknown(IngestResult.Refused.CONTENDED);
        }
        ContentDigest digest = digests.of(found.get().summary().event());
        computed.add(existing.with(digest));
        return new Stored.Digest(digest);
      } catch (DamagedEventException e) {
        LOG.log(Level.ERROR, e.getMessage());
        return new Stored.Unknown(new IngestResult.Incomparable(existing));
      } catch (PortException e) {
        // The others of the batch are stored, and must be told so.
        LOG.log(Level.WARNING, "cannot compare event {0}: {1}", existing.id(), e.getMessage());
        hasGivenUp = true;
        return new Stored.Unknown(IngestResult.Refused.CONTENDED);
      } finally {
        reading.release();
      }
    }

    /// Stores what had to be computed, so that it is not computed again.
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

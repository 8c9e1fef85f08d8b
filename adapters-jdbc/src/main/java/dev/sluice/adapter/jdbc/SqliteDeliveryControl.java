package dev.sluice.adapter.jdbc;

import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.port.DeliveryControl;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.port.PageRequest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What operators do, in a database.
final class SqliteDeliveryControl implements DeliveryControl {

  private final SqliteDatabase database;

  SqliteDeliveryControl(SqliteDatabase database) {
    this.database = database;
  }

  /// Changes the deliveries of an event that it applies to.
  private interface Control {
    /// @return how many
    int apply(EventReads reads, long seq, Instant now) throws SQLException;
  }

  @Override
  public ControlResult replay(EventId id) {
    return control(id, this::replayFinished);
  }

  @Override
  public ControlResult cancel(EventId id) {
    return control(id, this::cancelWaiting);
  }

  @Override
  public Page<ReplayedEvent> replayDeadLetters(EventFilter filter, PageRequest page) {
    EventFilter deadLetters = filter.withStatuses(Set.of(EventStatus.FAILED));
    // Looked for on a reader's connection: that may take long, and everybody waits for the writer.
    var listing = new Listing(deadLetters, database.spans(), database.counts());
    Page<Long> found = database.read(statements -> listing.page(statements, page, Long.MAX_VALUE));
    List<ReplayedEvent> replayed = database.writeUrgently(() -> replayDead(found.items()));
    return new Page<>(replayed, found.next());
  }

  private List<ReplayedEvent> replayDead(List<Long> seqs) throws SQLException {
    var replayed = new ArrayList<ReplayedEvent>();
    var reads = new EventReads(database.writing());
    for (long seq : seqs) {
      int deliveries = replayDead(reads, seq);
      // Somebody else may have replayed it meanwhile.
      if (deliveries > 0) {
        replayed.add(new ReplayedEvent(reads.id(seq), reads.type(seq), deliveries));
      }
    }
    return replayed;
  }

  private int replayDead(EventReads reads, long seq) throws SQLException {
    int replayed = 0;
    for (FinishedRow row : reads.finished(seq)) {
      if (row.state() instanceof DeliveryState.Failed) {
        database.deliveries().replay(row, database.now());
        replayed++;
      }
    }
    return replayed;
  }

  private ControlResult control(EventId id, Control control) {
    return database.writeUrgently(
        () -> {
          var reads = new EventReads(database.writing());
          Optional<Long> seq = reads.seqOf(id);
          if (seq.isEmpty()) {
            return new ControlResult.NotFound();
          }
          int changed = control.apply(reads, seq.get(), database.now());
          return changed == 0
              ? new ControlResult.NotAllowed(reads.summary(seq.get()))
              : new ControlResult.Changed(reads.summary(seq.get()), changed);
        });
  }

  private int replayFinished(EventReads reads, long seq, Instant now) throws SQLException {
    int changed = 0;
    for (FinishedRow row : reads.finished(seq)) {
      database.deliveries().replay(row, now);
      changed++;
    }
    return changed;
  }

  private int cancelWaiting(EventReads reads, long seq, Instant now) throws SQLException {
    int changed = 0;
    for (LiveRow row : reads.live(seq)) {
      if (row.lease() == null) {
        database.deliveries().cancel(row, now);
        changed++;
      }
    }
    return changed;
  }
}

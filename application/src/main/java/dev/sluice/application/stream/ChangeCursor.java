package dev.sluice.application.stream;

import dev.sluice.domain.delivery.Change;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Predicate;

/// A position in a [ChangeLog], from which one thread reads.
public final class ChangeCursor {

  private final ChangeLog log;
  private long position;

  ChangeCursor(ChangeLog log, long position) {
    this.log = log;
    this.position = position;
  }

  /// The result of one read.
  ///
  /// @param changes the wanted changes, in order
  /// @param skipped approximate number of further changes that may have been wanted and will not be
  ///   seen: overwritten, beyond the limits, or missed from other nodes
  public record Sight(List<LoggedChange> changes, long skipped) {

    public Sight {
      changes = List.copyOf(changes);
    }
  }

  /// The number of the last change that was read.
  public long position() {
    return position;
  }

  /// Reads the newest changes since the last read.
  ///
  /// @param wanted selects among them
  /// @param maxLooks maximum number of changes to examine; earlier ones are skipped
  /// @param maxTaken maximum number of changes to return; earlier ones are skipped
  public Sight newest(Predicate<Change> wanted, int maxLooks, int maxTaken) {
    var look = new Look(change -> wanted.test(change.change()), maxTaken, true, true);
    return look(look, maxLooks);
  }

  /// Reads the oldest changes since the last read, and skips none that are still there.
  ///
  /// @param maxTaken stops after this number of wanted changes
  public Sight oldest(Predicate<Change> wanted, int maxTaken) {
    var look = new Look(change -> wanted.test(change.change()), maxTaken, false, true);
    return look(look, log.capacity());
  }

  /// Reads the newest of this node's own changes since the last read.
  Sight newestFromHere(int maxTaken) {
    // Changes missed from other nodes are not passed on: two nodes would pass them to each other
    // forever.
    return look(new Look(LoggedChange::isFromHere, maxTaken, true, false), log.capacity());
  }

  /// How to read.
  ///
  /// @param dropsOldest whether the oldest changes are dropped when there are too many; otherwise
  ///   the read ends there
  /// @param countsMissed whether changes missed from other nodes count as skipped
  private record Look(
      Predicate<LoggedChange> wanted, int maxTaken, boolean dropsOldest, boolean countsMissed) {}

  private Sight look(Look look, int maxLooks) {
    long end = log.end();
    long skipped = Math.max(0, end - position - maxLooks);
    position += skipped;
    var taken = new ArrayDeque<LoggedChange>();
    while (position < end && (look.dropsOldest() || taken.size() < look.maxTaken())) {
      LoggedChange change = log.at(position + 1);
      if (change == null || change.number() <= position) {
        // It is being written; the changes behind it must wait, too.
        break;
      }
      position++;
      if (change.number() > position) {
        skipped++;
        continue;
      }
      skipped += look.countsMissed() ? change.missedBefore() : 0;
      if (look.wanted().test(change)) {
        taken.add(change);
      }
      if (taken.size() > look.maxTaken()) {
        taken.removeFirst();
        skipped++;
      }
    }
    return new Sight(List.copyOf(taken), skipped);
  }
}

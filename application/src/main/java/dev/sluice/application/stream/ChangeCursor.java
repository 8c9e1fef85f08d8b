package dev.sluice.application.stream;

import dev.sluice.domain.delivery.Change;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Predicate;

/// A place in a [ChangeLog], from which one thread reads on.
public final class ChangeCursor {

  private final ChangeLog log;
  private long position;

  ChangeCursor(ChangeLog log, long position) {
    this.log = log;
    this.position = position;
  }

  /// What was seen in one go.
  ///
  /// @param changes those that were wanted, in order
  /// @param skipped about how many further changes may have been wanted and will not be seen:
  ///   overwritten, or beyond the limits, or unheard of
  public record Sight(List<LoggedChange> changes, long skipped) {

    public Sight {
      changes = List.copyOf(changes);
    }
  }

  /// The number of the last change that was looked at.
  public long position() {
    return position;
  }

  /// Looks at the newest changes since the last look.
  ///
  /// @param wanted picks among them
  /// @param maxLooks looks at so many at most; earlier ones are skipped
  /// @param maxTaken gives so many at most; earlier ones are skipped
  public Sight newest(Predicate<Change> wanted, int maxLooks, int maxTaken) {
    var look = new Look(change -> wanted.test(change.change()), maxTaken, true, true);
    return look(look, maxLooks);
  }

  /// Looks at the oldest changes since the last look, and skips none that are still there.
  ///
  /// @param maxTaken stops when so many were wanted
  public Sight oldest(Predicate<Change> wanted, int maxTaken) {
    var look = new Look(change -> wanted.test(change.change()), maxTaken, false, true);
    return look(look, log.capacity());
  }

  /// The newest of this node's own changes since the last look.
  Sight newestFromHere(int maxTaken) {
    // What this node missed of others is not told on: two would tell each other for ever.
    return look(new Look(LoggedChange::isFromHere, maxTaken, true, false), log.capacity());
  }

  /// How to look.
  ///
  /// @param dropsOldest whether, when there are too many, the oldest are dropped; else the look
  ///   ends there
  /// @param countsMissed whether what others did not tell counts as skipped
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
        // It is being written; those behind it have to wait for it, too.
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

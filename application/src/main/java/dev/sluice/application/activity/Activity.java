package dev.sluice.application.activity;

import dev.sluice.domain.port.ActivityEntry;
import dev.sluice.domain.port.ActivityEntry.Actor;
import dev.sluice.domain.port.ActivityEntry.Deed;
import dev.sluice.domain.port.ActivityEntry.Link;
import dev.sluice.domain.port.ActivityLog;
import dev.sluice.domain.port.ActivityLog.Bounds;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.Page;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What operators did: taken down, shown, and checked.
public final class Activity {

  /// More entries are not kept, whatever their age.
  public static final long MOST_ENTRIES = 1_000_000;

  /// Who acts when the service does something by itself.
  public static final Actor SERVICE = new Actor("sluice", "", "", "");

  /// Longer texts are cut.
  private static final int MOST_CHARACTERS = 2_000;

  private static final int BATCH = 1_000;
  private static final Duration CHECK_GOOD_FOR = Duration.ofSeconds(3);
  private static final Duration BETWEEN_PURGES = Duration.ofMinutes(1);

  private final ActivityLog log;
  private final Duration keep;
  private final InstantSource clock;
  private Instant nextPurge = Instant.MIN;

  /// Both guarded by this object's monitor.
  private @Nullable Check lastCheck;

  private Instant lastCheckAt = Instant.MIN;

  /// @param keep entries older than this go
  public Activity(ActivityLog log, Duration keep, InstantSource clock) {
    this.log = log;
    this.keep = keep;
    this.clock = clock;
  }

  /// Takes down what somebody did; it is as durable as events are when this returns.
  ///
  /// @throws dev.sluice.domain.port.StoreUnavailableException when it is unknown whether it was
  public ActivityEntry record(Actor actor, Deed deed) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var bounded =
        new Deed(
            cut(deed.action()),
            cut(deed.target()),
            cut(deed.detail()),
            cut(deed.result()),
            cut(deed.requestId()));
    return log.append(last -> HashChain.next(last, now, actor, bounded));
  }

  /// Databases take no NUL, and nobody reads more than a screen.
  private static String cut(String text) {
    String readable = text.replace('\0', '\uFFFD');
    return readable.length() <= MOST_CHARACTERS ? readable : readable.substring(0, MOST_CHARACTERS);
  }

  /// Entries, newest first.
  public Page<ActivityEntry> newest(Cursor after, int limit) {
    return log.newest(after, limit);
  }

  /// What checking the chain gave.
  ///
  /// @param isIntact whether every entry says what it said, none is missing, and none was added
  /// @param entries how many were looked at
  /// @param first the number of the first entry that is kept; older ones were forgotten
  /// @param last the number of the last entry
  /// @param brokenAt the number of the first entry that is wrong or missing; 0 when none is
  public record Check(boolean isIntact, long entries, long first, long last, long brokenAt) {}

  /// Goes along the whole chain. A million entries take some seconds.
  ///
  /// One caller at a time looks; who asks within a few seconds gets the same answer.
  public synchronized Check verify() {
    Check known = lastCheck;
    Instant now = clock.instant();
    if (known == null
        || !now.isBefore(lastCheckAt.plus(CHECK_GOOD_FOR))
        || now.isBefore(lastCheckAt)) {
      known = verifyNow();
      lastCheck = known;
      lastCheckAt = now;
    }
    return known;
  }

  private Check verifyNow() {
    Bounds bounds = log.bounds();
    Check check = verify(bounds);
    // Old entries may have been forgotten while the chain was looked at.
    boolean isAsBefore = log.bounds().forgotten().equals(bounds.forgotten());
    return check.isIntact() || isAsBefore ? check : verify(log.bounds());
  }

  private Check verify(Bounds bounds) {
    Link link = bounds.forgotten();
    long first = link.number() + 1;
    long looked = 0;
    while (link.number() < bounds.last().number()) {
      List<ActivityEntry> part = log.from(link.number() + 1, BATCH);
      for (ActivityEntry entry : part) {
        looked++;
        if (!HashChain.follows(link, entry)) {
          return new Check(false, looked, first, bounds.last().number(), link.number() + 1);
        }
        link = new Link(entry.number(), entry.hash());
        if (link.equals(bounds.last())) {
          return new Check(true, looked, first, link.number(), 0);
        }
      }
      if (part.isEmpty()) {
        return new Check(false, looked, first, bounds.last().number(), link.number() + 1);
      }
    }
    boolean isEnd = link.equals(bounds.last());
    return new Check(isEnd, looked, first, link.number(), isEnd ? 0 : link.number());
  }

  /// Forgets old entries when it is time to. Called by one thread at a time.
  public void purgeWhenDue() {
    Instant now = clock.instant();
    if (!now.isBefore(nextPurge)) {
      boolean isAllGone = log.purge(now.minus(keep), MOST_ENTRIES, BATCH) < BATCH;
      nextPurge = isAllGone ? now.plus(BETWEEN_PURGES) : now;
    }
  }
}

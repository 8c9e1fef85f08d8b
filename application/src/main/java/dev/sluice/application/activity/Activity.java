package dev.sluice.application.activity;

import dev.sluice.application.schedule.NextRun;
import dev.sluice.domain.event.StorableText;
import dev.sluice.domain.port.ActivityEntry;
import dev.sluice.domain.port.ActivityEntry.Actor;
import dev.sluice.domain.port.ActivityEntry.Deed;
import dev.sluice.domain.port.ActivityEntry.Link;
import dev.sluice.domain.port.ActivityLog;
import dev.sluice.domain.port.ActivityLog.Bounds;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.time.TimeLimit;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The record of what operators do: written, listed and verified.
///
/// A change is announced before it is made and closed with its result afterwards. An announcement
/// without its closing entry says that the outcome is unknown: the process ended in between.
public final class Activity {

  /// The result of an announcement.
  public static final String BEGUN = "begun";

  /// More entries are not kept, whatever their age.
  public static final long MOST_ENTRIES = 1_000_000;

  /// Who acts when the service does something by itself.
  public static final Actor SERVICE = new Actor("sluice", "", "", "");

  /// Longer texts are cut: an operator reads no more than a screen.
  private static final int MOST_CHARACTERS = 2_000;

  private static final int BATCH = 1_000;
  private static final Duration CHECK_GOOD_FOR = Duration.ofSeconds(3);
  private static final Duration BETWEEN_PURGES = Duration.ofMinutes(1);

  private final ActivityLog log;
  private final ClosedAnnouncements closed;
  private final Duration keep;
  private final TimeSource clock;
  private final NextRun nextPurge;

  /// Both guarded by this object's monitor.
  private @Nullable Check lastCheck;

  private TimeLimit checkGoodFor;

  /// @param keep entries older than this go
  public Activity(ActivityLog log, Duration keep, TimeSource clock) {
    this.log = log;
    this.closed = new ClosedAnnouncements(log);
    this.keep = keep;
    this.clock = clock;
    this.nextPurge = new NextRun(clock);
    this.checkGoodFor = TimeLimit.of(clock, Duration.ZERO);
  }

  /// Records that a change is about to be made. Must be called before it, with the request id that
  /// its closing entry will carry.
  ///
  /// @throws dev.sluice.domain.port.StoreUnavailableException when the entry may be missing; the
  ///   change must then not be made
  public void announce(Actor actor, String action, String target, String requestId) {
    record(actor, new Deed(action, target, "", BEGUN, requestId));
  }

  /// Records what was done; the entry is as durable as events are when this returns.
  ///
  /// @throws dev.sluice.domain.port.StoreUnavailableException when the entry may be missing
  public ActivityEntry record(Actor actor, Deed deed) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Actor storableActor =
        new Actor(
            storable(actor.name()),
            storable(actor.keyId()),
            storable(actor.role()),
            storable(actor.address()));
    var storableDeed =
        new Deed(
            storable(deed.action()),
            storable(deed.target()),
            storable(deed.detail()),
            storable(deed.result()),
            storable(deed.requestId()));
    return log.append(last -> HashChain.next(last, now, storableActor, storableDeed));
  }

  /// The hash is over what a storage gives back, so it must give back what it got.
  private static String storable(String text) {
    return StorableText.of(text, MOST_CHARACTERS);
  }

  /// Entries, newest first, without the announcements of changes whose result is recorded.
  public Page<ActivityEntry> newest(Cursor after, int limit) {
    var shown = new ArrayList<ActivityEntry>(limit);
    Cursor from = after;
    while (true) {
      Page<ActivityEntry> page = log.newest(from, limit);
      for (ActivityEntry entry : page.items()) {
        if (closed.contains(entry)) {
          continue;
        }
        if (shown.size() == limit) {
          return new Page<>(shown, new Cursor(shown.getLast().number()));
        }
        shown.add(entry);
      }
      if (!page.hasNext()) {
        return new Page<>(shown, Cursor.END);
      }
      from = page.next();
    }
  }

  /// All entries, newest first, announcements too: each carries the hash of the next in the list.
  public Page<ActivityEntry> whole(Cursor after, int limit) {
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
    if (known == null || checkGoodFor.isOver()) {
      TimeLimit goodFor = TimeLimit.of(clock, CHECK_GOOD_FOR);
      known = verifyNow();
      lastCheck = known;
      checkGoodFor = goodFor;
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
    if (nextPurge.isDue()) {
      boolean isAllGone = log.purge(clock.instant().minus(keep), MOST_ENTRIES, BATCH) < BATCH;
      nextPurge.in(isAllGone ? BETWEEN_PURGES : Duration.ZERO);
    }
  }
}

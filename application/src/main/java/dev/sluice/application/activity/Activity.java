package dev.sluice.application.activity;

import dev.sluice.application.schedule.NextRun;
import dev.sluice.domain.event.StorableText;
import dev.sluice.domain.port.ActivityEntry;
import dev.sluice.domain.port.ActivityEntry.Actor;
import dev.sluice.domain.port.ActivityEntry.Link;
import dev.sluice.domain.port.ActivityEntry.Operation;
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

/// The activity log: written, listed and verified.
///
/// A change is announced before it is made, and closed afterwards by an entry with its result. An
/// announcement without a closing entry means that the outcome is unknown: the process ended in
/// between.
public final class Activity {

  /// The result of an announcement.
  public static final String BEGUN = "begun";

  /// The maximum number of entries kept, whatever their age.
  public static final long MOST_ENTRIES = 1_000_000;

  /// The actor of what the service does by itself.
  public static final Actor SERVICE = new Actor("sluice", "", "", "");

  /// Longer texts are truncated: an operator reads no more than a screen.
  private static final int MOST_CHARACTERS = 2_000;

  private static final int BATCH = 1_000;
  private static final Duration CHECK_GOOD_FOR = Duration.ofSeconds(3);
  private static final Duration BETWEEN_PURGES = Duration.ofMinutes(1);

  private final ActivityLog log;
  private final ClosedAnnouncements closed;
  private final Duration keep;
  private final TimeSource clock;
  private final NextRun nextPurge;

  /// Guarded by this object's monitor, as is the next field.
  private @Nullable Check lastCheck;

  private TimeLimit checkGoodFor;

  /// @param keep entries older than this are deleted
  public Activity(ActivityLog log, Duration keep, TimeSource clock) {
    this.log = log;
    this.closed = new ClosedAnnouncements(log);
    this.keep = keep;
    this.clock = clock;
    this.nextPurge = new NextRun(clock);
    this.checkGoodFor = TimeLimit.of(clock, Duration.ZERO);
  }

  /// Records that a change is about to be made. Must be called before the change, with the request
  /// id that its closing entry will carry.
  ///
  /// @throws dev.sluice.domain.port.StoreUnavailableException when the entry may be missing; the
  ///   change must then not be made
  public void announce(Actor actor, String action, String target, String requestId) {
    record(actor, new Operation(action, target, "", BEGUN, requestId));
  }

  /// Records what was done. When this returns, the entry is as durable as events are.
  ///
  /// @throws dev.sluice.domain.port.StoreUnavailableException when the entry may be missing
  public ActivityEntry record(Actor actor, Operation operation) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Actor storableActor =
        new Actor(
            storable(actor.name()),
            storable(actor.keyId()),
            storable(actor.role()),
            storable(actor.address()));
    var storableDeed =
        new Operation(
            storable(operation.action()),
            storable(operation.target()),
            storable(operation.detail()),
            storable(operation.result()),
            storable(operation.requestId()));
    return log.append(last -> HashChain.next(last, now, storableActor, storableDeed));
  }

  /// The hash covers what the storage returns, so the storage must return exactly what it was
  /// given.
  private static String storable(String text) {
    return StorableText.of(text, MOST_CHARACTERS);
  }

  /// Entries, newest first, without announcements whose result is recorded.
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

  /// All entries, newest first, including announcements: each carries the hash of the next one in
  /// the list.
  public Page<ActivityEntry> whole(Cursor after, int limit) {
    return log.newest(after, limit);
  }

  /// The result of verifying the chain.
  ///
  /// @param isIntact whether no entry was changed, removed or added
  /// @param entries number of entries checked
  /// @param first number of the first entry that is kept; older ones were deleted
  /// @param last number of the last entry
  /// @param brokenAt number of the first entry that is wrong or missing; 0 when none is
  public record Check(boolean isIntact, long entries, long first, long last, long brokenAt) {}

  /// Verifies the whole chain. A million entries take some seconds.
  ///
  /// One caller at a time verifies; callers within a few seconds get the same result.
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
    // Old entries may have been deleted during the verification.
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

  /// Deletes old entries when due. Called by one thread at a time.
  public void purgeWhenDue() {
    if (nextPurge.isDue()) {
      boolean isAllGone = log.purge(clock.instant().minus(keep), MOST_ENTRIES, BATCH) < BATCH;
      nextPurge.in(isAllGone ? BETWEEN_PURGES : Duration.ZERO);
    }
  }
}

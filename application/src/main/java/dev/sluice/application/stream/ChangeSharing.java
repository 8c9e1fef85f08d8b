package dev.sluice.application.stream;

import dev.sluice.application.schedule.NextRun;
import dev.sluice.domain.delivery.Change;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.port.ChangeBatch;
import dev.sluice.domain.port.ChangeFeed;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.time.TimeLimit;
import dev.sluice.domain.time.TimeSource;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Shares changes between nodes: publishes this node's changes while another node has watchers, and
/// reads those of other nodes while this node has watchers.
///
/// Changes that cannot be published in time are dropped and counted. Called by one thread.
public final class ChangeSharing {

  private static final System.Logger LOG = System.getLogger(ChangeSharing.class.getName());

  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(1);
  private static final Duration ASK_EVERY = Duration.ofSeconds(1);
  private static final Duration WANT_EVERY = Duration.ofSeconds(3);
  private static final Duration WANT_FOR = Duration.ofSeconds(10);
  private static final int MAX_BATCHES = 50;

  private final ChangeLog log;
  private final ChangeFeed feed;
  private final WorkerId self;
  private final TimeSource clock;
  private final AtomicLong dropped = new AtomicLong();

  private final NextRun nextTurn;
  private boolean isFailing;

  private final NextRun nextQuestion;
  private @Nullable ChangeCursor outgoing;
  private long unshared;

  private final NextRun nextRenewal;
  private TimeLimit remembered;
  private boolean isReading;
  private long position;
  private long unheard;

  /// @param self this node's name
  public ChangeSharing(ChangeLog log, ChangeFeed feed, WorkerId self, TimeSource clock) {
    this.log = log;
    this.feed = feed;
    this.self = self;
    this.clock = clock;
    this.nextTurn = new NextRun(clock);
    this.nextQuestion = new NextRun(clock);
    this.nextRenewal = new NextRun(clock);
    this.remembered = TimeLimit.of(clock, ChangeFeed.MEMORY);
  }

  /// Approximate number of changes since the start that other nodes wanted and did not get.
  public long dropped() {
    return dropped.get();
  }

  /// Shares changes when due. Waits for the storage. Called every 50 ms.
  public void shareWhenDue() {
    if (!nextTurn.isDue()) {
      return;
    }
    nextTurn.in(INTERVAL);
    try {
      publish();
      listen();
      isFailing = false;
    } catch (PortException e) {
      nextTurn.in(PAUSE_AFTER_ERROR);
      if (!isFailing) {
        LOG.log(
            Level.WARNING, "cannot share changes with other nodes, retrying: " + e.getMessage());
      }
      isFailing = true;
    }
  }

  private void publish() {
    if (nextQuestion.isDue()) {
      boolean isWanted = feed.isWanted(self);
      nextQuestion.in(ASK_EVERY);
      if (!isWanted) {
        outgoing = null;
        unshared = 0;
      } else if (outgoing == null) {
        outgoing = new ChangeCursor(log, log.end());
      }
    }
    if (outgoing != null) {
      publish(outgoing);
    }
  }

  private void publish(ChangeCursor cursor) {
    ChangeCursor.Sight sight = cursor.newestFromHere(ChangeBatch.MAX_CHANGES);
    List<Change> changes = sight.changes().stream().map(LoggedChange::change).toList();
    dropped.addAndGet(sight.skipped());
    unshared += sight.skipped();
    if (changes.isEmpty()) {
      return;
    }
    try {
      feed.publish(new ChangeBatch(self, unshared, changes));
      unshared = 0;
    } catch (PortException e) {
      unshared += changes.size();
      dropped.addAndGet(changes.size());
      throw e;
    }
  }

  private void listen() {
    if (log.watchers() == 0) {
      isReading = false;
      return;
    }
    if (!isReading || nextRenewal.isDue()) {
      feed.want(self, WANT_FOR);
      nextRenewal.in(WANT_EVERY);
    }
    if (isReading) {
      readBatches();
    } else {
      startReading();
    }
  }

  private void startReading() {
    position = feed.end();
    unheard = 0;
    isReading = true;
    remembered = TimeLimit.of(clock, ChangeFeed.MEMORY);
  }

  private void readBatches() {
    if (remembered.isOver()) {
      // Some may be lost; nothing says how many.
      unheard++;
    }
    ChangeFeed.Slice slice = feed.readAfter(position, self, MAX_BATCHES);
    remembered = TimeLimit.of(clock, ChangeFeed.MEMORY);
    position = slice.position();
    slice.batches().forEach(this::takeIn);
  }

  private void takeIn(ChangeBatch batch) {
    unheard += batch.missed();
    if (!batch.changes().isEmpty()) {
      log.merge(batch.changes(), unheard);
      unheard = 0;
    }
  }
}

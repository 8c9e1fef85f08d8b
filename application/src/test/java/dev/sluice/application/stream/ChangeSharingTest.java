package dev.sluice.application.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.application.stream.ChangeCursor.Sight;
import dev.sluice.contract.Events;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.Transitions;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.port.ChangeBatch;
import dev.sluice.domain.port.ChangeFeed;
import dev.sluice.domain.port.StoreUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ChangeSharingTest {

  private static final Duration TURN = Duration.ofMillis(200);

  private final SettableClock clock = new SettableClock();
  private final RecordedFeed feed = new RecordedFeed(MemoryAdapter.changes(clock));
  private final Peer here = new Peer("here");
  private final Peer there = new Peer("there");

  /// The part of a node that shares changes.
  private final class Peer {
    final ChangeLog log = new ChangeLog(clock, "x");
    final ChangeSharing sharing;

    Peer(String name) {
      sharing = new ChangeSharing(log, feed, new WorkerId(name), clock);
    }

    void accept(String... ids) {
      for (String id : ids) {
        log.onTransition(Transitions.accepted(Events.event(id), 1));
      }
    }
  }

  /// Records what is published, and fails while it is away.
  private static final class RecordedFeed implements ChangeFeed {
    final List<ChangeBatch> published = new ArrayList<>();
    private final ChangeFeed feed;
    boolean isAway;

    RecordedFeed(ChangeFeed feed) {
      this.feed = feed;
    }

    private ChangeFeed feed() {
      if (isAway) {
        throw new StoreUnavailableException("the feed is away", new IOException("no route"));
      }
      return feed;
    }

    @Override
    public void want(WorkerId node, Duration time) {
      feed().want(node, time);
    }

    @Override
    public boolean isWanted(WorkerId node) {
      return feed().isWanted(node);
    }

    @Override
    public void publish(ChangeBatch batch) {
      feed().publish(batch);
      published.add(batch);
    }

    @Override
    public long end() {
      return feed().end();
    }

    @Override
    public Slice readAfter(long position, WorkerId node, int limit) {
      return feed().readAfter(position, node, limit);
    }
  }

  private void turns(int count) {
    for (int turn = 0; turn < count; turn++) {
      clock.advance(TURN);
      here.sharing.shareWhenDue();
      there.sharing.shareWhenDue();
    }
  }

  private static List<String> ids(Sight sight) {
    return sight.changes().stream().map(logged -> logged.change().event().value()).toList();
  }

  private static Sight seen(ChangeLog.Watch watch) {
    return watch.changes().newest(_ -> true, 100_000, 100_000);
  }

  @Test
  void nothingIsToldWhileNobodyWatches() {
    turns(3);
    here.accept("e-1");
    turns(10);

    assertThat(feed.published).isEmpty();
  }

  @Test
  void whoWatches_seesWhatOthersDo() {
    try (ChangeLog.Watch watch = there.log.watch(0)) {
      turns(6);
      here.accept("e-1", "e-2");
      there.accept("own");
      turns(2);

      Sight sight = seen(watch);
      assertThat(ids(sight)).containsExactlyInAnyOrder("own", "e-1", "e-2");
      assertThat(sight.skipped()).isZero();
      assertThat(feed.published).as("in one batch, and not sent back").hasSize(1);
    }
  }

  @Test
  void whoWatches_isNotShownWhatWasBefore() {
    here.accept("old");
    try (ChangeLog.Watch watch = there.log.watch(0)) {
      turns(10);

      assertThat(seen(watch).changes()).isEmpty();
    }
  }

  @Test
  void afterTheLastWatcher_nothingIsToldAnyMore() {
    there.log.watch(0).close();
    try (ChangeLog.Watch _ = there.log.watch(0)) {
      turns(6);
    }
    turns(60);
    here.accept("e-1");
    turns(10);

    assertThat(feed.published).isEmpty();
  }

  @Test
  void moreThanABatch_isCountedAsMissed() {
    try (ChangeLog.Watch watch = there.log.watch(0)) {
      turns(6);
      IntStream.rangeClosed(1, ChangeBatch.MAX_CHANGES + 250)
          .forEach(number -> here.accept("e-" + number));
      turns(2);

      Sight sight = seen(watch);
      assertThat(sight.changes()).hasSize(ChangeBatch.MAX_CHANGES);
      assertThat(ids(sight)).startsWith("e-251");
      assertThat(sight.skipped()).isEqualTo(250);
      assertThat(here.sharing.dropped()).isEqualTo(250);
    }
  }

  @Test
  void whatCannotBeTold_isCountedAndNotTriedAgain() {
    try (ChangeLog.Watch watch = there.log.watch(0)) {
      turns(6);
      here.accept("lost-1", "lost-2");
      feed.isAway = true;
      turns(1);
      feed.isAway = false;
      here.accept("e-1");
      turns(12);

      Sight sight = seen(watch);
      assertThat(ids(sight)).containsExactly("e-1");
      assertThat(sight.skipped()).isEqualTo(2);
      assertThat(here.sharing.dropped()).isEqualTo(2);
    }
  }

  @Test
  void outageLongerThanTheFeedRemembers_isAGap() {
    try (ChangeLog.Watch watch = there.log.watch(0)) {
      turns(6);
      feed.isAway = true;
      turns((int) ChangeFeed.MEMORY.dividedBy(TURN) + 10);
      feed.isAway = false;
      turns(12);
      here.accept("e-1");
      turns(2);

      Sight sight = seen(watch);
      assertThat(ids(sight)).containsExactly("e-1");
      assertThat(sight.skipped()).isPositive();
    }
  }
}

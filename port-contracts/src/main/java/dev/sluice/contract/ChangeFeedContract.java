package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.Change;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.ChangeBatch;
import dev.sluice.domain.port.ChangeFeed;
import dev.sluice.domain.port.ChangeFeed.Slice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The promises of [ChangeFeed].
public interface ChangeFeedContract {

  WorkerId A = new WorkerId("a");
  WorkerId B = new WorkerId("b");

  /// Returns a new, empty feed that no node wants.
  ///
  /// @param clock the feed's time
  ChangeFeed newFeed(SettableClock clock);

  private static Change change(String id) {
    return new Change(
        SettableClock.START,
        new EventId(id),
        Events.TYPE,
        "key\tof\\it",
        "default",
        EventStatus.RETRYING,
        3,
        "worker-1",
        "IOException",
        "0123456789abcdef",
        "two\nlines, and ünïcödé \uD83D\uDE00");
  }

  private static ChangeBatch batch(WorkerId node, String... ids) {
    return new ChangeBatch(node, 0, Arrays.stream(ids).map(ChangeFeedContract::change).toList());
  }

  @Test
  default void changes_areWantedByOthersForTheTimeTheySaid() {
    var clock = new SettableClock();
    ChangeFeed feed = newFeed(clock);
    assertThat(feed.isWanted(A)).isFalse();

    feed.want(B, Duration.ofSeconds(10));
    assertThat(feed.isWanted(A)).isTrue();
    assertThat(feed.isWanted(B)).as("only it wants them itself").isFalse();

    clock.advance(Duration.ofSeconds(9));
    assertThat(feed.isWanted(A)).isTrue();
    clock.advance(Duration.ofSeconds(1));
    assertThat(feed.isWanted(A)).isFalse();
  }

  @Test
  default void renewedRequest_countsAgain() {
    var clock = new SettableClock();
    ChangeFeed feed = newFeed(clock);
    feed.want(B, Duration.ofSeconds(10));
    clock.advance(Duration.ofSeconds(9));

    feed.want(B, Duration.ofSeconds(10));
    clock.advance(Duration.ofSeconds(9));

    assertThat(feed.isWanted(A)).isTrue();
  }

  @Test
  default void whatOneNodePublishes_othersReadAsItWas() {
    ChangeFeed feed = newFeed(new SettableClock());
    long before = feed.end();
    var batch = new ChangeBatch(A, 7, List.of(change("e-1"), change("e-2")));

    feed.publish(batch);

    assertThat(feed.readAfter(before, B, 10).batches()).containsExactly(batch);
    assertThat(feed.readAfter(before, A, 10).batches()).as("its own").isEmpty();
  }

  @Test
  default void largestBatch_isReadAsItWas() {
    ChangeFeed feed = newFeed(new SettableClock());
    var batch =
        new ChangeBatch(
            A,
            Long.MAX_VALUE,
            IntStream.range(0, ChangeBatch.MAX_CHANGES)
                .mapToObj(number -> change("e-" + number))
                .toList());

    feed.publish(batch);

    assertThat(feed.readAfter(0, B, 10).batches()).containsExactly(batch);
  }

  @Test
  default void position_isReadAfter() {
    ChangeFeed feed = newFeed(new SettableClock());
    feed.publish(batch(A, "old"));
    long end = feed.end();
    feed.publish(batch(A, "e-1"));
    feed.publish(batch(A, "e-2"));
    feed.publish(batch(A, "e-3"));

    Slice first = feed.readAfter(end, B, 2);
    Slice second = feed.readAfter(first.position(), B, 2);

    assertThat(first.batches()).containsExactly(batch(A, "e-1"), batch(A, "e-2"));
    assertThat(second.batches()).containsExactly(batch(A, "e-3"));
    assertThat(feed.readAfter(second.position(), B, 2))
        .isEqualTo(new Slice(List.of(), second.position()));
  }

  @Test
  default void oldBatches_areForgotten() {
    var clock = new SettableClock();
    ChangeFeed feed = newFeed(clock);
    feed.publish(batch(A, "e-1"));
    clock.advance(ChangeFeed.MEMORY);
    feed.publish(batch(A, "e-2"));

    assertThat(feed.readAfter(0, B, 10).batches()).containsExactly(batch(A, "e-2"));
  }

  /// A reader misses nothing that is published meanwhile, in whatever order the writers finish.
  @Test
  default void readerDuringPublishing_seesEveryBatchOnce() throws Exception {
    ChangeFeed feed = newFeed(new SettableClock());
    int each = 100;
    var seen = new ArrayList<ChangeBatch>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> first = () -> publishMany(feed, new WorkerId("one"), each);
      Callable<Integer> second = () -> publishMany(feed, new WorkerId("two"), each);
      List<Future<Integer>> publishing = List.of(threads.submit(first), threads.submit(second));
      long position = 0;
      while (seen.size() < 2 * each) {
        boolean isOver = publishing.stream().allMatch(Future::isDone);
        Slice slice = feed.readAfter(position, B, 3);
        seen.addAll(slice.batches());
        position = slice.position();
        if (isOver && slice.batches().isEmpty()) {
          break;
        }
      }
    }

    assertThat(seen).hasSize(2 * each).doesNotHaveDuplicates();
  }

  private static int publishMany(ChangeFeed feed, WorkerId node, int count) {
    for (int number = 0; number < count; number++) {
      feed.publish(batch(node, "e-" + number));
    }
    return count;
  }
}

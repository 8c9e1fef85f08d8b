package dev.sluice.domain.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/// Whatever happens to the deliveries of a lane, in whatever order, one of them runs at a time, in
/// the order in which they came, and none is forgotten.
final class LaneTest {

  /// What can happen to a lane.
  enum Step {
    JOIN,
    CLAIM,
    COMPLETE,
    RETRY,
    DEAD_LETTER,
    BLOCKING_DEAD_LETTER,
    CANCEL_HEAD,
    CANCEL_LAST,
    UNBLOCK
  }

  /// A storage in small: the deliveries themselves beside the numbers of the lane.
  private static final class Model {
    private final Deque<Integer> behind = new ArrayDeque<>();
    private final List<Integer> ended = new ArrayList<>();
    private final List<Integer> cancelled = new ArrayList<>();
    private Lane lane = Lane.EMPTY;
    private int head = -1;
    private boolean isRunning;
    private int next;

    void apply(Step step) {
      switch (step) {
        case JOIN -> join();
        case CLAIM -> isRunning |= head >= 0;
        case COMPLETE -> end(isRunning, false);
        case DEAD_LETTER -> end(isRunning, false);
        case BLOCKING_DEAD_LETTER -> end(isRunning, true);
        case RETRY -> retry();
        case CANCEL_HEAD -> cancelHead();
        case CANCEL_LAST -> cancelLast();
        case UNBLOCK -> lane = lane.unblocked();
      }
      promote();
    }

    private void join() {
      if (lane.isEmpty()) {
        head = next;
      } else {
        behind.addLast(next);
      }
      next++;
      lane = lane.joined();
    }

    private void end(boolean applies, boolean blocks) {
      if (applies) {
        ended.add(head);
        leave(blocks);
      }
    }

    private void leave(boolean blocks) {
      head = -1;
      isRunning = false;
      lane = lane.headFinished(blocks);
    }

    private void retry() {
      if (isRunning) {
        isRunning = false;
        assertThat(lane.keepsHead()).isTrue();
        lane = lane.headWaits();
      }
    }

    private void cancelHead() {
      if (head >= 0 && !isRunning) {
        cancelled.add(head);
        leave(false);
      }
    }

    private void cancelLast() {
      if (!behind.isEmpty()) {
        cancelled.add(behind.removeLast());
        lane = lane.behindFinished();
      }
    }

    private void promote() {
      if (lane.isWithoutHead()) {
        assertThat(head).isNegative();
        head = behind.removeFirst();
        lane = lane.promoted();
      }
    }

    void check() {
      assertThat(lane.heads()).isEqualTo(head < 0 ? 0 : 1);
      assertThat(lane.behind()).isEqualTo(behind.size());
      assertThat(lane.length()).isEqualTo(next - ended.size() - cancelled.size());
      assertThat(head >= 0 || lane.isBlocked() || behind.isEmpty())
          .as("a lane that is neither empty nor blocked has a head")
          .isTrue();
      assertThat(ended).isSorted();
    }
  }

  @Property
  void deliveries_runOneByOneInTheirOrder(@ForAll @Size(max = 200) List<Step> steps) {
    var model = new Model();
    for (Step step : steps) {
      model.apply(step);
      model.check();
    }
  }

  @Test
  void attemptsThatWereInProgressWhenItWasFormed_areAllHeads() {
    Lane lane = Lane.EMPTY.withBehind().withHead().withHead();

    assertThat(lane.isWithoutHead()).isFalse();
    assertThat(lane.keepsHead()).isFalse();
    Lane waiting = lane.headWaits();
    assertThat(waiting).isEqualTo(new Lane(1, 2, false));
    assertThat(waiting.headFinished(false).isWithoutHead()).isTrue();
  }

  @Test
  void blockedLane_getsNoHeadAndKeepsNone() {
    Lane blocked = Lane.EMPTY.withHead().withHead().headFinished(true);

    assertThat(blocked.keepsHead()).isFalse();
    assertThat(blocked.headWaits().isWithoutHead()).isFalse();
    assertThat(blocked.headWaits().unblocked().isWithoutHead()).isTrue();
  }

  @Test
  void blockedLaneWithoutDeliveries_isNotEmpty() {
    Lane blocked = Lane.EMPTY.joined().headFinished(true);

    assertThat(blocked.isEmpty()).isFalse();
    assertThat(blocked.joined()).isEqualTo(new Lane(0, 1, true));
    assertThat(blocked.unblocked().isEmpty()).isTrue();
  }

  @Test
  void fewerThanNone_isNoLane() {
    assertThatIllegalArgumentException().isThrownBy(Lane.EMPTY::behindFinished);
    assertThatIllegalArgumentException().isThrownBy(() -> Lane.EMPTY.headFinished(false));
  }
}

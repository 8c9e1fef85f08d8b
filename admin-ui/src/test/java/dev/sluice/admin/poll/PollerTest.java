package dev.sluice.admin.poll;

import static dev.sluice.admin.poll.AskedPart.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.testing.ManualTimer;
import dev.sluice.admin.testing.TestLanes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a poller sends requests while the service responds. */
final class PollerTest {

  private final AskedPart polled = new AskedPart();
  private final TestLanes bench = polled.bench;
  private final ManualTimer timer = polled.timer;
  private final Tempo tempo = polled.tempo;
  private final Poller<String> poller = polled.poller;

  @Test
  void nothing_isAskedBeforeSomebodyLooks() {
    timer.advance(Duration.ofMinutes(1));

    assertThat(polled.asked).isEmpty();
  }

  @Test
  void whatIsLookedAt_isAskedAtOnceAndThenByTheInterval() {
    poller.show();
    timer.advance(Duration.ofSeconds(7));

    assertThat(polled.askedAfter()).containsExactly(0L, 2L, 4L, 6L);
  }

  @Test
  void hiddenPart_isSilent() {
    poller.show();
    poller.hide();
    timer.advance(Duration.ofMinutes(5));

    assertThat(polled.asked).hasSize(1);
  }

  @Test
  void partShownAgain_isNotAskedBeforeItsTime() {
    poller.show();
    poller.hide();
    timer.advance(SECOND);
    poller.show();

    assertThat(polled.asked).hasSize(1);
    timer.advance(SECOND);
    assertThat(polled.askedAfter()).containsExactly(0L, 2L);
  }

  @Test
  void moreThanOneRequest_isNeverUnderWay() {
    bench.hold();
    poller.show();
    timer.advance(Duration.ofMinutes(1));
    poller.now();
    poller.now();

    assertThat(bench.underWay()).isEqualTo(1);
  }

  @Test
  void demandWhileOneIsUnderWay_isAskedAfterIt() {
    bench.hold();
    poller.show();
    poller.now();
    bench.release();

    assertThat(polled.heard).containsExactly("answer 1", "answer 2");
  }

  @Test
  void unfocusedWindow_isServedFiveTimesLessOften() {
    tempo.setFocused(false);
    poller.show();
    timer.advance(Duration.ofSeconds(20));

    assertThat(polled.askedAfter()).containsExactly(0L, 10L, 20L);
  }

  @Test
  void pausedScreen_asksNothingButWhenToldTo() {
    poller.show();
    tempo.setLive(false);
    timer.advance(Duration.ofMinutes(1));
    assertThat(polled.asked).hasSize(1);

    poller.now();
    assertThat(polled.asked).hasSize(2);

    tempo.setLive(true);
    timer.advance(SECOND.multipliedBy(2));
    assertThat(polled.asked).hasSize(3);
  }

  @Test
  void slowAnswers_doubleTheInterval_andQuickOnesHalveIt() {
    polled.takes = Duration.ofMillis(600);
    poller.show();
    timer.advance(Duration.ofSeconds(3));
    polled.takes = Duration.ZERO;
    polled.asked.clear();
    timer.advance(Duration.ofSeconds(9));

    List<Long> waits = new ArrayList<>();
    for (int place = 1; place < polled.asked.size(); place++) {
      waits.add(Duration.between(polled.asked.get(place - 1), polled.asked.get(place)).toSeconds());
    }
    assertThat(waits).containsExactly(2L, 2L, 2L, 2L);
    assertThat(Duration.between(ManualTimer.START, polled.asked.getFirst()).toSeconds())
        .isEqualTo(4);
  }

  @Test
  void partShownAgainWhileItIsAsked_isNotAskedTwice() {
    bench.hold();
    poller.show();
    for (int round = 0; round < 5; round++) {
      poller.hide();
      timer.advance(Duration.ofSeconds(5));
      poller.show();
    }

    assertThat(bench.underWay()).isEqualTo(1);
  }

  @Test
  void partShownWhilePaused_isAskedOnce() {
    tempo.setLive(false);
    poller.show();
    timer.advance(Duration.ofMinutes(5));

    assertThat(polled.asked).hasSize(1);
  }

  @Test
  void signOfLife_goesOnWhilePaused() {
    var heartbeat = new Poller<>(bench.lanes(), tempo, SECOND, true, polled::answer, polled);
    tempo.setLive(false);
    heartbeat.show();
    timer.advance(Duration.ofSeconds(10));

    assertThat(polled.askedAfter()).containsExactly(0L, 5L, 10L);
  }

  @Test
  void closedPoller_saysNothingMore() {
    bench.hold();
    poller.show();
    poller.close();
    bench.release();
    poller.now();

    assertThat(polled.heard).isEmpty();
    assertThat(polled.asked).hasSize(1);
  }
}

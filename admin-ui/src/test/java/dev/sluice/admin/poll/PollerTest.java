package dev.sluice.admin.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.admin.api.ApiException;
import dev.sluice.admin.api.Fault;
import dev.sluice.admin.testing.ManualTimer;
import dev.sluice.admin.testing.TestLanes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PollerTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final TestLanes bench = new TestLanes();
  private final ManualTimer timer = bench.timer();
  private final Tempo tempo = new Tempo(Duration.ofSeconds(2));
  private final List<Instant> asked = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();
  private Optional<Fault> fault = Optional.empty();
  private Duration takes = Duration.ZERO;

  private final Poller<String> poller =
      new Poller<>(bench.lanes(), tempo, SECOND, false, this::answer, new Ears());

  private String answer() {
    asked.add(timer.now());
    timer.pass(takes);
    fault.ifPresent(
        some -> {
          throw new ApiException(some);
        });
    return "answer " + asked.size();
  }

  private final class Ears implements Poller.Listener<String> {

    @Override
    public void answered(String answer, Duration took) {
      heard.add(answer);
    }

    @Override
    public void failed(Fault wrong, Optional<Instant> next) {
      heard.add("fault, next in " + next.map(at -> Duration.between(timer.now(), at)).orElse(null));
    }
  }

  private List<Long> askedAfter() {
    return asked.stream().map(at -> Duration.between(ManualTimer.START, at).toSeconds()).toList();
  }

  @Test
  void nothing_isAskedBeforeSomebodyLooks() {
    timer.advance(Duration.ofMinutes(1));

    assertThat(asked).isEmpty();
  }

  @Test
  void whatIsLookedAt_isAskedAtOnceAndThenByTheInterval() {
    poller.show();
    timer.advance(Duration.ofSeconds(7));

    assertThat(askedAfter()).containsExactly(0L, 2L, 4L, 6L);
  }

  @Test
  void hiddenPart_isSilent() {
    poller.show();
    poller.hide();
    timer.advance(Duration.ofMinutes(5));

    assertThat(asked).hasSize(1);
  }

  @Test
  void partShownAgain_isNotAskedBeforeItsTime() {
    poller.show();
    poller.hide();
    timer.advance(SECOND);
    poller.show();

    assertThat(asked).hasSize(1);
    timer.advance(SECOND);
    assertThat(askedAfter()).containsExactly(0L, 2L);
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

    assertThat(heard).containsExactly("answer 1", "answer 2");
  }

  @Test
  void unfocusedWindow_isServedFiveTimesLessOften() {
    tempo.setFocused(false);
    poller.show();
    timer.advance(Duration.ofSeconds(20));

    assertThat(askedAfter()).containsExactly(0L, 10L, 20L);
  }

  @Test
  void pausedScreen_asksNothingButWhenToldTo() {
    poller.show();
    tempo.setLive(false);
    timer.advance(Duration.ofMinutes(1));
    assertThat(asked).hasSize(1);

    poller.now();
    assertThat(asked).hasSize(2);

    tempo.setLive(true);
    timer.advance(SECOND.multipliedBy(2));
    assertThat(asked).hasSize(3);
  }

  @Test
  void slowAnswers_doubleTheInterval_andQuickOnesHalveIt() {
    takes = Duration.ofMillis(600);
    poller.show();
    timer.advance(Duration.ofSeconds(3));
    takes = Duration.ZERO;
    asked.clear();
    timer.advance(Duration.ofSeconds(9));

    List<Long> waits = new ArrayList<>();
    for (int place = 1; place < asked.size(); place++) {
      waits.add(Duration.between(asked.get(place - 1), asked.get(place)).toSeconds());
    }
    assertThat(waits).containsExactly(2L, 2L, 2L, 2L);
    assertThat(Duration.between(ManualTimer.START, asked.getFirst()).toSeconds()).isEqualTo(4);
  }

  @Test
  void failures_waitLongerAndLonger_upToHalfAMinute() {
    fault = Optional.of(new Fault.Unreachable("gone"));
    poller.show();
    timer.advance(Duration.ofMinutes(2));

    assertThat(askedAfter()).containsExactly(0L, 2L, 6L, 14L, 30L, 60L, 90L, 120L);
  }

  @Test
  void success_forgetsFailures() {
    fault = Optional.of(new Fault.Unreachable("gone"));
    poller.show();
    timer.advance(Duration.ofSeconds(6));
    fault = Optional.empty();
    asked.clear();
    timer.advance(Duration.ofSeconds(12));

    assertThat(askedAfter()).containsExactly(14L, 16L, 18L);
  }

  @ParameterizedTest
  @CsvSource({"429, 45", "503, 7"})
  void whatTheServiceAsksFor_goesFirst(int status, int seconds) {
    fault = Optional.of(new Fault.Busy(status, "later", Duration.ofSeconds(seconds)));
    poller.show();

    assertThat(heard).containsExactly("fault, next in " + Duration.ofSeconds(seconds));
    assertThat(timer.untilNext()).contains(Duration.ofSeconds(seconds));
  }

  @Test
  void waitAfterAFailure_isNotShortenedByAClickIntoTheWindow() {
    fault = Optional.of(new Fault.Busy(429, "later", Duration.ofSeconds(30)));
    poller.show();
    tempo.setFocused(false);
    tempo.setFocused(true);
    tempo.setInterval(SECOND);
    timer.advance(Duration.ofSeconds(29));

    assertThat(asked).hasSize(1);
  }

  @Test
  void partShownAgain_keepsWhatTheServiceAskedFor() {
    fault = Optional.of(new Fault.Busy(429, "later", Duration.ofSeconds(60)));
    poller.show();
    for (int round = 0; round < 5; round++) {
      poller.hide();
      timer.advance(SECOND);
      poller.show();
      tempo.setLive(false);
      tempo.setLive(true);
    }
    timer.advance(Duration.ofSeconds(50));

    assertThat(asked).hasSize(1);
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
  void pauseDuringARequestThatFails_doesNotEndTheAsking() {
    poller.show();
    bench.hold();
    timer.advance(Duration.ofSeconds(2));
    tempo.setLive(false);
    fault = Optional.of(new Fault.Unreachable("gone"));
    bench.release();
    fault = Optional.empty();
    tempo.setLive(true);
    timer.advance(Duration.ofSeconds(4));

    assertThat(heard).last().asString().startsWith("answer");
  }

  @Test
  void partShownWhilePaused_isAskedOnce() {
    tempo.setLive(false);
    poller.show();
    timer.advance(Duration.ofMinutes(5));

    assertThat(asked).hasSize(1);
  }

  @Test
  void signOfLife_goesOnWhilePaused() {
    var heartbeat = new Poller<>(bench.lanes(), tempo, SECOND, true, this::answer, new Ears());
    tempo.setLive(false);
    heartbeat.show();
    timer.advance(Duration.ofSeconds(10));

    assertThat(askedAfter()).containsExactly(0L, 5L, 10L);
  }

  @Test
  void roleThatIsNotEnough_isNotTriedAgainByItself() {
    fault = Optional.of(new Fault.Forbidden("no", Optional.empty()));
    poller.show();
    timer.advance(Duration.ofHours(1));
    assertThat(asked).hasSize(1);

    poller.now();
    assertThat(asked).hasSize(2);
  }

  @Test
  void mistakeInWhatListens_doesNotEndTheAsking() {
    var broken =
        new Poller<>(
            bench.lanes(),
            tempo,
            SECOND,
            false,
            this::answer,
            new Poller.Listener<String>() {
              @Override
              public void answered(String answer, Duration took) {
                throw new IllegalStateException("oops");
              }

              @Override
              public void failed(Fault wrong, Optional<Instant> next) {
                throw new AssertionError(wrong);
              }
            });

    assertThatIllegalStateException().isThrownBy(broken::show);
    assertThat(timer.untilNext()).contains(Duration.ofSeconds(2));
  }

  @Test
  void refusedKey_isNotSentAgain() {
    fault = Optional.of(new Fault.KeyRefused("no"));
    poller.show();
    poller.now();
    timer.advance(Duration.ofHours(1));

    assertThat(asked).hasSize(1);
    assertThat(heard).containsExactly("fault, next in null");
  }

  @Test
  void newKey_beginsAnew() {
    fault = Optional.of(new Fault.KeyRefused("no"));
    poller.show();
    fault = Optional.empty();
    tempo.restart();
    timer.advance(Duration.ofSeconds(2));

    assertThat(heard).last().isEqualTo("answer 2");
  }

  @Test
  void closedPoller_saysNothingMore() {
    bench.hold();
    poller.show();
    poller.close();
    bench.release();
    poller.now();

    assertThat(heard).isEmpty();
    assertThat(asked).hasSize(1);
  }

  @Test
  void mistakeOfTheProgram_isAFaultAndNoSilence() {
    var broken =
        new Poller<String>(
            bench.lanes(),
            tempo,
            SECOND,
            false,
            () -> {
              throw new IllegalStateException("oops");
            },
            new Ears());
    broken.show();

    assertThat(heard).singleElement().asString().startsWith("fault");
  }
}

package dev.sluice.admin.poll;

import static dev.sluice.admin.poll.AskedPart.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.admin.api.Fault;
import dev.sluice.admin.testing.ManualTimer;
import dev.sluice.admin.testing.TestLanes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a poller retries after failures. */
final class PollerFaultsTest {

  private final AskedPart polled = new AskedPart();
  private final TestLanes bench = polled.bench;
  private final ManualTimer timer = polled.timer;
  private final Tempo tempo = polled.tempo;
  private final Poller<String> poller = polled.poller;

  @Test
  void failures_waitLongerAndLonger_upToHalfAMinute() {
    polled.fault = Optional.of(new Fault.Unreachable("gone"));
    poller.show();
    timer.advance(Duration.ofMinutes(2));

    assertThat(polled.askedAfter()).containsExactly(0L, 2L, 6L, 14L, 30L, 60L, 90L, 120L);
  }

  @Test
  void success_forgetsFailures() {
    polled.fault = Optional.of(new Fault.Unreachable("gone"));
    poller.show();
    timer.advance(Duration.ofSeconds(6));
    polled.fault = Optional.empty();
    polled.asked.clear();
    timer.advance(Duration.ofSeconds(12));

    assertThat(polled.askedAfter()).containsExactly(14L, 16L, 18L);
  }

  @ParameterizedTest
  @CsvSource({"429, 45", "503, 7"})
  void whatTheServiceAsksFor_goesFirst(int status, int seconds) {
    polled.fault = Optional.of(new Fault.Busy(status, "later", Duration.ofSeconds(seconds)));
    poller.show();

    assertThat(polled.heard).containsExactly("fault, next in " + Duration.ofSeconds(seconds));
    assertThat(timer.untilNext()).contains(Duration.ofSeconds(seconds));
  }

  @Test
  void waitAfterAFailure_isNotShortenedByAClickIntoTheWindow() {
    polled.fault = Optional.of(new Fault.Busy(429, "later", Duration.ofSeconds(30)));
    poller.show();
    tempo.setFocused(false);
    tempo.setFocused(true);
    tempo.setInterval(SECOND);
    timer.advance(Duration.ofSeconds(29));

    assertThat(polled.asked).hasSize(1);
  }

  @Test
  void partShownAgain_keepsWhatTheServiceAskedFor() {
    polled.fault = Optional.of(new Fault.Busy(429, "later", Duration.ofSeconds(60)));
    poller.show();
    for (int round = 0; round < 5; round++) {
      poller.hide();
      timer.advance(SECOND);
      poller.show();
      tempo.setLive(false);
      tempo.setLive(true);
    }
    timer.advance(Duration.ofSeconds(50));

    assertThat(polled.asked).hasSize(1);
  }

  @Test
  void pauseDuringARequestThatFails_doesNotEndTheAsking() {
    poller.show();
    bench.hold();
    timer.advance(Duration.ofSeconds(2));
    tempo.setLive(false);
    polled.fault = Optional.of(new Fault.Unreachable("gone"));
    bench.release();
    polled.fault = Optional.empty();
    tempo.setLive(true);
    timer.advance(Duration.ofSeconds(4));

    assertThat(polled.heard).last().asString().startsWith("answer");
  }

  @Test
  void roleThatIsNotEnough_isNotTriedAgainByItself() {
    polled.fault = Optional.of(new Fault.Forbidden("no", Optional.empty()));
    poller.show();
    timer.advance(Duration.ofHours(1));
    assertThat(polled.asked).hasSize(1);

    poller.now();
    assertThat(polled.asked).hasSize(2);
  }

  @Test
  void mistakeInWhatListens_doesNotEndTheAsking() {
    var broken =
        new Poller<>(
            bench.lanes(),
            tempo,
            SECOND,
            false,
            polled::answer,
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
    polled.fault = Optional.of(new Fault.KeyRefused("no"));
    poller.show();
    poller.now();
    timer.advance(Duration.ofHours(1));

    assertThat(polled.asked).hasSize(1);
    assertThat(polled.heard).containsExactly("fault, next in null");
  }

  @Test
  void newKey_beginsAnew() {
    polled.fault = Optional.of(new Fault.KeyRefused("no"));
    poller.show();
    polled.fault = Optional.empty();
    tempo.restart();
    timer.advance(Duration.ofSeconds(2));

    assertThat(polled.heard).last().isEqualTo("answer 2");
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
            polled);
    broken.show();

    assertThat(polled.heard).singleElement().asString().startsWith("fault");
  }
}

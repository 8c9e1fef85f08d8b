package dev.sluice.domain.delivery;

import static dev.sluice.domain.delivery.States.CAUSE;
import static dev.sluice.domain.delivery.States.LATER;
import static dev.sluice.domain.delivery.States.LEASE;
import static dev.sluice.domain.delivery.States.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How an attempt is recorded.
final class AttemptTest {

  /// How an attempt ends with a resolution.
  record Ending(Resolution resolution, Attempt.End end) {}

  static Stream<Ending> endings() {
    return Stream.of(
        new Ending(Resolution.COMPLETE, new Attempt.Succeeded(LATER)),
        new Ending(new Resolution.Retry(NOW, CAUSE), new Attempt.FailedWith(LATER, CAUSE)),
        new Ending(new Resolution.DeadLetter(CAUSE), new Attempt.FailedWith(LATER, CAUSE)),
        new Ending(Resolution.HAND_BACK, new Attempt.HandedBack(LATER)),
        new Ending(Resolution.EXPIRE, new Attempt.HandedBack(LATER)));
  }

  @Test
  void begunAttempt_isStillRunningUnderItsLease() {
    assertThat(Attempt.begun(4, LEASE))
        .isEqualTo(new Attempt(4, LEASE.worker(), NOW, new Attempt.StillRunning()));
  }

  @ParameterizedTest
  @MethodSource("endings")
  void endedAttempt_saysHowAndWhen(Ending ending) {
    assertThat(Attempt.begun(4, LEASE).ended(ending.resolution(), LATER))
        .isEqualTo(new Attempt(4, LEASE.worker(), NOW, ending.end()));
  }

  @Test
  void endings_coverEveryResolution() {
    assertThat(endings().map(ending -> ending.resolution().getClass().getName()))
        .containsExactlyInAnyOrderElementsOf(States.kindsOfResolution());
  }

  @Test
  void outcomesOfHandlers_sayWhetherTryingAgainHelps() {
    assertThat(Outcome.failed("E", "m"))
        .isEqualTo(new Outcome.Failed(true, cause("E", "m"), Duration.ZERO));
    assertThat(Outcome.failedForGood("E", "m"))
        .isEqualTo(new Outcome.Failed(false, cause("E", "m"), Duration.ZERO));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t"})
  void blankWorker_isRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new WorkerId(text));
  }

  private static FailureCause cause(String error, String message) {
    return new FailureCause(FailureCause.Kind.HANDLER, error, message);
  }

  @Test
  void history_cannotBeChangedFromOutside() {
    var attempts = new ArrayList<>(Collections.nCopies(2, Attempt.begun(1, LEASE)));
    var history = new EventRecord.History(SubscriptionName.DEFAULT, attempts);

    attempts.clear();

    assertThat(history.attempts()).hasSize(2);
  }
}

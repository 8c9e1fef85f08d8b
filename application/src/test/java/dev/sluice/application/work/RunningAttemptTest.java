package dev.sluice.application.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.Samples;
import dev.sluice.contract.SettableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who may end an attempt, and which thread is interrupted.
final class RunningAttemptTest {

  private final RunningAttempt attempt = newAttempt();

  private static RunningAttempt newAttempt() {
    var storage = Samples.storage();
    storage.append("e-1");
    return new RunningAttempt(
        storage.claimOne(),
        SlotPool.HANDLERS,
        storage.clock(),
        new LeaseEnd(0, SettableClock.START, false));
  }

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  @Test
  void breakingOff_interruptsTheHandlersThread() {
    attempt.runsOn(Thread.currentThread());

    assertThat(attempt.breakOff()).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  /// The node may stop between the claim and the first step of the attempt's thread.
  @Test
  void attemptBrokenOffBeforeItRan_interruptsItsThreadWhenItDoes() {
    attempt.breakOff();
    attempt.runsOn(Thread.currentThread());

    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void onlyTheFirstEnd_counts() {
    attempt.runsOn(Thread.currentThread());

    assertThat(attempt.breakOff()).isTrue();
    assertThat(attempt.breakOff()).isFalse();
    assertThat(attempt.handlerReturned()).isFalse();
  }

  @Test
  void returnedHandler_isNotInterruptedAnyMore() {
    attempt.runsOn(Thread.currentThread());

    assertThat(attempt.handlerReturned()).isTrue();
    assertThat(attempt.breakOff()).isFalse();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void returnOfAnInterruptedHandler_clearsTheInterrupt() {
    attempt.runsOn(Thread.currentThread());
    attempt.breakOff();
    attempt.handlerReturned();

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void slot_isFreeWhenThreadAndSettlementAreDoneInEitherOrder() {
    assertThat(attempt.releaseThread()).isFalse();
    assertThat(attempt.releaseSettlement()).isTrue();

    RunningAttempt other = newAttempt();
    assertThat(other.releaseSettlement()).isFalse();
    assertThat(other.releaseThread()).isTrue();
  }
}

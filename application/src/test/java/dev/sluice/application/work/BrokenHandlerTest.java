package dev.sluice.application.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.HeldHandler;
import dev.sluice.application.fixture.HookedQueue;
import dev.sluice.application.fixture.Samples;
import dev.sluice.contract.Eventually;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.port.EventHandler;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Handlers are foreign code: whatever they do, the attempt fails, the failure is recorded and the
/// slot is released.
final class BrokenHandlerTest {

  private static void assertFailsAndFreesItsSlot(EventHandler handler, String error)
      throws Exception {
    try (var bench = Workbench.with(handler, Samples.AT_ONCE, 1).startedWith(1)) {
      bench.await("e-1", EventStatus.FAILED);

      assertThat(bench.storage.record("e-1").summary().lastError())
          .get()
          .extracting(FailureCause::kind, FailureCause::error)
          .containsExactly(FailureCause.Kind.HANDLER, error);
      bench.awaitInFlight(0);
    }
  }

  @Test
  void handlerBuiltAgainstAnotherApi_fails() throws Exception {
    assertFailsAndFreesItsSlot(
        (_, _) -> {
          throw new NoSuchMethodError("gone");
        },
        "NoSuchMethodError");
  }

  @Test
  void handlerThatRecursesForEver_fails() throws Exception {
    assertFailsAndFreesItsSlot((_, _) -> endless(1), "StackOverflowError");
  }

  @SuppressWarnings("InfiniteRecursion") // What the test is about.
  private static Outcome endless(int depth) {
    return depth < 0 ? Outcome.SUCCEEDED : endless(depth + 1 > 0 ? depth + 1 : 1);
  }

  @Test
  void handlerWithAFailedAssertion_fails() throws Exception {
    assertFailsAndFreesItsSlot(
        (_, _) -> {
          throw new AssertionError("must not be");
        },
        "AssertionError");
  }

  @Test
  void handlerThatAsksForTooMuchMemory_fails() throws Exception {
    assertFailsAndFreesItsSlot(
        (_, _) -> {
          throw new OutOfMemoryError("Requested array size exceeds VM limit");
        },
        "OutOfMemoryError");
  }

  /// The recorded name of the failure does not matter here, only that the failure is not lost.
  @Test
  void handlerThatReturnsNothing_fails() throws Exception {
    try (var bench = Workbench.with((_, _) -> nothing(), Samples.AT_ONCE, 1).startedWith(1)) {
      bench.await("e-1", EventStatus.FAILED);

      bench.awaitInFlight(0);
    }
  }

  @Test
  void failureWithoutACause_fails() throws Exception {
    assertFailsAndFreesItsSlot((_, _) -> withoutCause(), "NullPointerException");
  }

  @SuppressWarnings("NullAway") // A handler may have been compiled without it.
  private static Outcome withoutCause() {
    return new Outcome.Failed(true, null, Duration.ZERO);
  }

  @Test
  void failureWithoutAWait_fails() throws Exception {
    assertFailsAndFreesItsSlot((_, _) -> withoutWait(), "NullPointerException");
  }

  @SuppressWarnings("NullAway") // A handler may have been compiled without it.
  private static Outcome withoutWait() {
    var cause = new FailureCause(FailureCause.Kind.HANDLER, "NoWait", "no wait");
    return new Outcome.Failed(true, cause, null);
  }

  @Test
  void failureWithoutAMessage_fails() throws Exception {
    assertFailsAndFreesItsSlot((_, _) -> withoutMessage(), "NullPointerException");
  }

  @SuppressWarnings("NullAway") // A handler may have been compiled without it.
  private static Outcome withoutMessage() {
    return Outcome.failed("NoMessage", null);
  }

  @Test
  void failureWithAnEndlessWait_isRetriedWithinTheCap() throws Exception {
    var cause = new FailureCause(FailureCause.Kind.HANDLER, "Later", "much later");
    assertFailsAndFreesItsSlot(
        (_, _) -> new Outcome.Failed(true, cause, Duration.ofSeconds(Long.MAX_VALUE)), "Later");
  }

  @Test
  void exceptionWhoseMessageCannotBeRead_fails() throws Exception {
    assertFailsAndFreesItsSlot(
        (_, _) -> {
          throw new Unreadable();
        },
        "Unreadable");
  }

  private static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no message today");
    }
  }

  /// The storage rejects one of many outcomes: the others are recorded all the same.
  @Test
  void outcomeThatTheStorageCannotTake_costsNoOther() throws Exception {
    var held = HeldHandler.obedient();
    try (var bench = Workbench.with(held, Samples.AT_ONCE, 4).startedWith(4)) {
      Eventually.holds("all run", () -> held.begun() == 4);
      bench
          .queue
          .hooks()
          .before(
              HookedQueue.Call.SETTLE,
              () -> {
                if (bench.queue.settling().size() > 1
                    || bench
                        .queue
                        .settling()
                        .getFirst()
                        .claim()
                        .event()
                        .id()
                        .value()
                        .equals("e-2")) {
                  throw new IllegalArgumentException("cannot take this outcome");
                }
              });
      held.release();

      for (String id : List.of("e-1", "e-3", "e-4")) {
        bench.await(id, EventStatus.COMPLETED);
      }
      bench.awaitInFlight(0);
      assertThat(bench.storage.status("e-2")).isEqualTo(EventStatus.PROCESSING);
    }
  }

  @SuppressWarnings("NullAway") // A handler may have been compiled without it.
  private static Outcome nothing() {
    return null;
  }
}

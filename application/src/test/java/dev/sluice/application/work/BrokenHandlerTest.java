package dev.sluice.application.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.Samples;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.port.EventHandler;
import org.junit.jupiter.api.Test;

/// Handlers are other people's code: whatever they do, the attempt fails, the failure is on record
/// and the slot is free again.
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

  /// What it is called in the record is for the code to say; here it only must not get lost.
  @Test
  void handlerThatReturnsNothing_fails() throws Exception {
    try (var bench = Workbench.with((_, _) -> nothing(), Samples.AT_ONCE, 1).startedWith(1)) {
      bench.await("e-1", EventStatus.FAILED);

      bench.awaitInFlight(0);
    }
  }

  @SuppressWarnings("NullAway") // A handler may have been compiled without it.
  private static Outcome nothing() {
    return null;
  }
}

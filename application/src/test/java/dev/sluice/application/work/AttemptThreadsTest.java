package dev.sluice.application.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.HookedQueue.Call;
import dev.sluice.application.fixture.Samples;
import dev.sluice.contract.Eventually;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.port.EventHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Which threads run attempts. A storage that does not answer keeps one thread busy with writing
/// outcomes, so the others have only attempts to run.
final class AttemptThreadsTest {

  /// As many as one slot allows while no outcome is recorded.
  private static final int ATTEMPTS = Slots.DELIVERIES_PER_SLOT;

  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final CountDownLatch storageAnswers = new CountDownLatch(1);

  /// Runs attempts that compute for a time.
  private void run(Duration computing) throws Exception {
    var clock = new AtomicReference<Workbench>();
    EventHandler handler =
        (_, _) -> {
          threads.add(Thread.currentThread());
          clock.get().compute(computing);
          return Outcome.SUCCEEDED;
        };
    try (var bench = Workbench.with(handler, Samples.AT_ONCE, 1)) {
      clock.set(bench);
      bench.queue.hooks().before(Call.SETTLE, this::awaitStorage);
      bench.startedWith(ATTEMPTS);
      Eventually.holds("all attempts have begun", () -> threads.size() == ATTEMPTS);
      storageAnswers.countDown();
      bench.await("e-" + ATTEMPTS, EventStatus.COMPLETED);
    }
  }

  private void awaitStorage() {
    try {
      storageAnswers.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void attemptsThatTakeNoTime_shareThreads() throws Exception {
    run(Duration.ZERO);

    assertThat(threads.stream().distinct().count()).isLessThan(ATTEMPTS);
  }

  /// Virtual threads are not preempted: those that answer requests would wait for all attempts of a
  /// thread, and not for one.
  @Test
  void attemptsThatCompute_haveThreadsOfTheirOwn() throws Exception {
    run(Duration.ofMillis(5));

    assertThat(threads).doesNotHaveDuplicates();
  }
}

package dev.sluice.adapter.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.jdbc.StorageThreads;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.ControlResult;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// The result of an operator action while workers end the same deliveries.
final class PostgresControlRaceTest {

  private static final String READS_FINISHED =
      "from finished where status in (1, 2, 3, 4) and seq =";
  private static final EventId EVENT = new EventId("e");

  private final SettableClock clock = new SettableClock();

  /// The delivery is processing when the first statement of the result reads, and has ended when
  /// the second one does.
  @Test
  void deliveryThatEndsMeanwhile_isShownOnce() throws Exception {
    try (PostgresAdapter worker = TestDatabase.empty(clock);
        var gate = new StatementGate(TestDatabase.url(), READS_FINISHED);
        PostgresAdapter operator = through(gate);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var work = new StorageFixture(worker.storage(), clock);
      work.append("e");
      Claim claim = work.claimOne();
      Callable<ControlResult> cancel = () -> operator.storage().control().cancel(EVENT, Set.of());

      Future<ControlResult> answer = threads.submit(cancel);
      gate.awaitStatement();
      work.settle(claim, Resolution.COMPLETE);
      gate.release();

      assertThat(answer.get())
          .isInstanceOfSatisfying(
              ControlResult.NotAllowed.class,
              refused ->
                  assertThat(refused.event().deliveries())
                      .extracting(delivery -> delivery.state().status())
                      .containsExactly(DeliveryStatus.PROCESSING));
      assertThat(work.status("e")).isEqualTo(EventStatus.COMPLETED);
    }
  }

  private PostgresAdapter through(StatementGate gate) {
    return PostgresAdapter.open(
        PostgresSettings.of(gate.url(), 4, false), DatabaseClock.of(clock), StorageThreads.FACTORY);
  }
}

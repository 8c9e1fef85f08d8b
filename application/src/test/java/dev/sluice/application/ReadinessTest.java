package dev.sluice.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.HookedStore.Call;
import dev.sluice.application.fixture.Outage;
import dev.sluice.contract.Eventually;
import dev.sluice.domain.delivery.Outcome;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What probes report, and what they cost.
final class ReadinessTest {

  private final Node node = Node.with((_, _) -> Outcome.SUCCEEDED, 2);

  @Test
  void manyProbes_askTheStorageOnceInHalfASecond() {
    node.application.start();
    int before = node.store.hooks().calls(Call.COUNTS);

    IntStream.range(0, 1_000).forEach(_ -> node.application.reasonsNotReady());
    assertThat(node.store.hooks().calls(Call.COUNTS)).isEqualTo(before + 1);

    node.storage.clock().advance(Duration.ofMillis(500));
    node.application.reasonsNotReady();
    assertThat(node.store.hooks().calls(Call.COUNTS)).isEqualTo(before + 2);
  }

  @Test
  void storageThatHangs_makesOneProbeWaitAndTheOthersSayNo() throws Exception {
    node.application.start();
    var hangs = new CountDownLatch(1);
    node.store.hooks().before(Call.COUNTS, () -> await(hangs));
    var first = new FutureTask<>(node.application::reasonsNotReady);
    Thread asking = Thread.ofVirtual().start(first);
    Eventually.holds("it asks", () -> asking.getState() == Thread.State.WAITING);

    assertThat(node.application.reasonsNotReady()).containsExactly("storage does not answer");

    hangs.countDown();
    assertThat(first.get(30, TimeUnit.SECONDS)).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void partThatAlwaysFails_isNamedAndHoldsUpNoOther() {
    node.application.start();
    node.store
        .hooks()
        .before(
            Call.PURGE,
            () -> {
              throw new StackOverflowError("this error is part of the test");
            });

    IntStream.range(0, 8).forEach(_ -> node.pass(Duration.ofSeconds(50)));

    assertThat(node.application.reasonsNotReady())
        .singleElement()
        .asString()
        .startsWith("retention has not succeeded for");
    assertThat(node.application.reasonsNotAlive()).isEmpty();
  }

  @Test
  void partThatNeverRunsAgain_isAReasonToReplaceTheProcess() {
    node.application.start();
    assertThat(node.application.reasonsNotAlive()).isEmpty();

    for (int minute = 0; minute < 11; minute++) {
      node.storage.clock().advance(Duration.ofMinutes(1));
      node.application.upkeep().tick();
      node.application.upkeep().cleanUp();
    }

    assertThat(node.application.reasonsNotAlive())
        .anySatisfy(reason -> assertThat(reason).startsWith("extending leases has not returned"));
    assertThat(node.application.reasonsNotReady())
        .anySatisfy(reason -> assertThat(reason).startsWith("extending leases has not succeeded"));
  }

  @Test
  void storageThatIsAwayForHours_isNoReasonToReplaceTheProcess() {
    node.application.start();
    node.store.hooks().before(Call.COUNTS, Outage.forGood());
    node.store.hooks().before(Call.PURGE, Outage.forGood());

    IntStream.range(0, 120).forEach(_ -> node.pass(Duration.ofMinutes(1)));

    assertThat(node.application.reasonsNotAlive()).isEmpty();
    assertThat(node.application.reasonsNotReady()).containsExactly("storage does not answer");
  }
}

package dev.sluice.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.HeldHandler;
import dev.sluice.application.fixture.HookedStore.Call;
import dev.sluice.application.fixture.Samples;
import dev.sluice.application.intake.IngestResult;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.port.DeliveryQueue.Reclaimed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The wall clock is set by an hour while a node works: nothing stops, and nothing alive is ended.
final class ClockStepTest {

  private final HeldHandler held = HeldHandler.obedient();

  private static void setClock(Node node, Duration step) {
    node.storage.clock().step(step);
    node.pass(Duration.ZERO);
  }

  /// Other nodes shrink the backlog, which a node that only accepts events cannot see.
  @ParameterizedTest
  @CsvSource({"ALL,PT-1H", "ALL,PT1H", "API,PT-1H", "API,PT1H"})
  void producers_areNotRefused(NodeRole role, Duration step) {
    Node node = Node.inRole(role, (_, _) -> Outcome.SUCCEEDED, 4);
    node.application.start();
    for (int round = 0; round < 10; round++) {
      if (round == 1) {
        setClock(node, step);
      }
      int first = round * 20;
      for (int event = 0; event < 20; event++) {
        assertThat(ingest(node, "e-" + (first + event))).isInstanceOf(IngestResult.Accepted.class);
      }
      workOff(node, role);
      node.pass(Duration.ofSeconds(1));
    }
  }

  private static IngestResult ingest(Node node, String id) {
    return node.application.useCases().intake().ingest(List.of(Samples.draft(id))).getFirst();
  }

  private static void workOff(Node node, NodeRole role) {
    if (role == NodeRole.API) {
      var queue = node.storage.queue();
      queue
          .claim(StorageFixture.WORKER, QuotaSamples.upTo(100), StorageFixture.LEASE)
          .forEach(claim -> node.storage.settle(claim, Resolution.COMPLETE));
    } else {
      Eventually.holds("all is done", () -> node.storage.events().counts().backlog() == 0);
    }
  }

  @ParameterizedTest
  @CsvSource({"ALL,PT-1H", "ALL,PT1H", "API,PT-1H", "API,PT1H", "WORKER,PT-1H", "WORKER,PT1H"})
  void heartbeatsAndBacklog_goOn(NodeRole role, Duration step) {
    Node node = Node.inRole(role, held, 2);
    node.application.start();
    node.pass(Duration.ofSeconds(1));
    setClock(node, step);
    int counted = node.store.hooks().calls(Call.COUNTS);
    Supplier<Instant> seen = () -> node.nodes.nodes().getFirst().lastSeen();

    for (int second = 0; second < 10; second++) {
      node.pass(Duration.ofSeconds(1));
    }

    assertThat(node.store.hooks().calls(Call.COUNTS)).isGreaterThanOrEqualTo(counted + 10);
    assertThat(seen.get()).isAfterOrEqualTo(node.storage.now().minusSeconds(3));
    assertThat(node.application.reasonsNotReady()).isEmpty();
    held.release();
  }

  @ParameterizedTest
  @CsvSource({"PT-1H", "PT1H"})
  void runningAttempts_neitherTimeOutNorLoseTheirLease(Duration step) {
    Node node = Node.inRole(NodeRole.ALL, held, 4).startedWith(4);
    Eventually.holds("all run", () -> held.begun() == 4);

    setClock(node, step);
    node.pass(Duration.ofSeconds(5));
    assertThat(held.interruptions()).isZero();
    assertThat(reclaimedElsewhere(node)).isEmpty();

    held.release();
    node.await("e-4", EventStatus.COMPLETED);
    Eventually.holds("all is done", () -> node.storage.events().counts().backlog() == 0);
    assertThat(node.storage.record("e-1").history().getFirst().attempts()).hasSize(1);
  }

  private static List<Reclaimed> reclaimedElsewhere(Node node) {
    return node.storage.queue().reclaimExpired(10, _ -> Resolution.COMPLETE);
  }

  @ParameterizedTest
  @CsvSource({"PT-1H", "PT1H"})
  void attemptThatHangs_stillTimesOut(Duration step) {
    Node node = Node.inRole(NodeRole.ALL, held, 1).startedWith(1);
    Eventually.holds("it runs", () -> held.begun() == 1);
    setClock(node, step);

    node.pass(Node.TIMEOUT);
    Eventually.holds("it was interrupted", () -> held.interruptions() == 1);
    Eventually.holds("it is on record", () -> !attempts(node).isEmpty());

    assertThat(attempts(node)).contains(FailureCause.Kind.TIMEOUT);
    held.release();
  }

  private static List<FailureCause.Kind> attempts(Node node) {
    return node.storage.record("e-1").history().getFirst().attempts().stream()
        .map(attempt -> attempt.end())
        .filter(Attempt.FailedWith.class::isInstance)
        .map(end -> ((Attempt.FailedWith) end).cause().kind())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"PT-1H", "PT1H"})
  void leaseOfADeadWorker_isSweptInTime(Duration step) {
    Node node = Node.inRole(NodeRole.ALL, (_, _) -> Outcome.SUCCEEDED, 1);
    node.storage.append("e-1");
    node.storage.claimOne();
    node.application.start();
    node.pass(Duration.ofSeconds(1));
    setClock(node, step);

    for (int second = 0; second < 36; second++) {
      node.pass(Duration.ofSeconds(1));
    }

    node.await("e-1", EventStatus.COMPLETED);
  }

  @Test
  void rates_areNotInflatedWhenTheClockIsSetBack() {
    Node node = Node.inRole(NodeRole.ALL, (_, _) -> Outcome.SUCCEEDED, 4);
    node.startedWith(50);
    Eventually.holds("all is done", () -> node.storage.events().counts().backlog() == 0);
    node.pass(Duration.ofSeconds(10));
    setClock(node, Duration.ofHours(-1));
    node.pass(Duration.ofSeconds(1));

    assertThat(node.application.useCases().statistics().drainPerSecond()).isLessThan(10);
  }
}

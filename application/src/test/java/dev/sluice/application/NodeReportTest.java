package dev.sluice.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.HeldHandler;
import dev.sluice.application.intake.IngestResult;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.node.NodeReport;
import dev.sluice.domain.node.NodeReport.Phase;
import dev.sluice.domain.node.SeenNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What a node reports to the others.
final class NodeReportTest {

  private final HeldHandler held = HeldHandler.obedient();
  private final Node node = Node.with(held, 2);

  private SeenNode seen() {
    assertThat(node.nodes.nodes()).hasSize(1);
    return node.nodes.nodes().getFirst();
  }

  @Test
  void runningNode_saysWhatItDoes() {
    node.startedWith(2);
    node.awaitInFlight(2);

    node.application.upkeep().keepUp();

    NodeReport report = seen().report();
    assertThat(report)
        .isEqualTo(
            new NodeReport(
                new WorkerId("here"),
                "1.2.3",
                SettableClock.START,
                Phase.ACTIVE,
                2,
                2,
                report.figures()));
    assertThat(report.figures().orElseThrow().totals().accepted()).isEqualTo(2);
    held.release();
  }

  @Test
  void reports_comeEveryTwoSeconds() {
    node.application.upkeep().keepUp();
    node.pass(Duration.ofMillis(1_999));
    assertThat(seen().lastSeen()).isEqualTo(SettableClock.START);

    node.pass(Duration.ofMillis(1));

    assertThat(seen().lastSeen()).isEqualTo(SettableClock.START.plusSeconds(2));
  }

  /// For example a database that became a replica: it can be read, but not written.
  @Test
  void registryThatTakesNoReport_makesTheNodeUnready() {
    node.application.start();
    node.application.upkeep().keepUp();
    assertThat(node.application.reasonsNotReady()).isEmpty();

    node.nodes.refuse(true);
    node.pass(Duration.ofSeconds(5));
    assertThat(node.application.reasonsNotReady()).containsExactly("storage takes no writes");

    node.nodes.refuse(false);
    node.pass(Duration.ofSeconds(1));
    assertThat(node.application.reasonsNotReady()).isEmpty();
  }

  @Test
  void announcedStop_isSaidAtOnceAndToOtherNodes() {
    node.startedWith(0);
    node.application.upkeep().keepUp();
    assertThat(seen().report().phase()).isEqualTo(Phase.ACTIVE);

    node.application.announceStop();
    node.application.upkeep().keepUp();

    assertThat(seen().report().phase()).isEqualTo(Phase.DRAINING);
    assertThat(node.ingest(1)).hasOnlyElementsOfType(IngestResult.Accepted.class);
  }

  @Test
  void drainingNode_saysSoAtOnceAndThenGoodbye() throws Exception {
    node.startedWith(1);
    node.awaitInFlight(1);
    node.application.upkeep().keepUp();
    var stop = node.stopping(Duration.ofSeconds(10));
    node.application.upkeep().keepUp();
    assertThat(seen().report().phase()).isEqualTo(Phase.DRAINING);

    held.release();
    Node.reportOf(stop);

    assertThat(seen().report().phase()).isEqualTo(Phase.LEFT);
    node.application.upkeep().keepUp();
    assertThat(seen().report().phase()).isEqualTo(Phase.LEFT);
    Eventually.holds("nothing is in progress", () -> node.application.load().inFlight() == 0);
  }
}

package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.node.NodeReport;
import dev.sluice.domain.node.NodeReport.Phase;
import dev.sluice.domain.node.SeenNode;
import dev.sluice.domain.port.NodeRegistry;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The promises of [NodeRegistry].
public interface NodeRegistryContract {

  /// Returns a new, empty registry.
  ///
  /// @param clock the registry's time
  NodeRegistry newRegistry(SettableClock clock);

  private static NodeReport report(String id, Phase phase, int inFlight) {
    return new NodeReport(
        new WorkerId(id),
        "1.2.3",
        SettableClock.START,
        phase,
        inFlight,
        64,
        Optional.of(FigureSamples.ofNode(inFlight)));
  }

  @Test
  default void firstReport_makesANodeKnown() {
    var clock = new SettableClock();
    NodeRegistry registry = newRegistry(clock);
    assertThat(registry.nodes()).isEmpty();

    registry.report(report("a", Phase.ACTIVE, 3));

    assertThat(registry.nodes())
        .containsExactly(new SeenNode(report("a", Phase.ACTIVE, 3), clock.instant()));
  }

  @Test
  default void laterReport_takesThePlaceOfTheFirst() {
    var clock = new SettableClock();
    NodeRegistry registry = newRegistry(clock);
    registry.report(report("a", Phase.ACTIVE, 3));
    clock.advance(Duration.ofSeconds(5));

    registry.report(report("a", Phase.DRAINING, 1));

    assertThat(registry.nodes())
        .containsExactly(new SeenNode(report("a", Phase.DRAINING, 1), clock.instant()));
  }

  @Test
  default void nodes_areInTheOrderOfTheirNames() {
    var clock = new SettableClock();
    NodeRegistry registry = newRegistry(clock);
    registry.report(report("b", Phase.ACTIVE, 0));
    registry.report(report("c", Phase.LEFT, 0));
    registry.report(report("a", Phase.DRAINING, 0));

    assertThat(registry.nodes())
        .extracting(node -> node.report().id().value())
        .containsExactly("a", "b", "c");
  }

  @Test
  default void silentNode_isForgottenAfterADay() {
    var clock = new SettableClock();
    NodeRegistry registry = newRegistry(clock);
    registry.report(report("silent", Phase.ACTIVE, 0));
    clock.advance(NodeRegistry.MEMORY.minusMillis(1));
    registry.report(report("other", Phase.ACTIVE, 0));
    assertThat(registry.nodes()).hasSize(2);

    clock.advance(Duration.ofMillis(1));
    registry.report(report("other", Phase.ACTIVE, 0));

    assertThat(registry.nodes())
        .extracting(node -> node.report().id().value())
        .containsExactly("other");
  }
}

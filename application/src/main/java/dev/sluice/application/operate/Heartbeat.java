package dev.sluice.application.operate;

import dev.sluice.application.schedule.NextRun;
import dev.sluice.domain.node.NodeReport;
import dev.sluice.domain.node.NodeReport.Phase;
import dev.sluice.domain.port.NodeRegistry;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reports to the other nodes that this node is alive, with its state and figures.
public final class Heartbeat {

  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(1);

  private final NodeRegistry registry;
  private final Function<Phase, NodeReport> self;
  private final NextRun nextReport;
  private @Nullable Phase lastPhase;
  private volatile boolean isFailing;

  /// @param self makes the report for a phase
  public Heartbeat(NodeRegistry registry, Function<Phase, NodeReport> self, TimeSource clock) {
    this.registry = registry;
    this.self = self;
    this.nextReport = new NextRun(clock);
  }

  /// Whether the last report could not be written.
  public boolean isFailing() {
    return isFailing;
  }

  /// Reports when due, or when the phase has changed.
  public synchronized void reportWhenDue(Phase phase) {
    // LEFT is final, even for a report that was already on its way.
    if (lastPhase == Phase.LEFT || (phase == lastPhase && !nextReport.isDue())) {
      return;
    }
    lastPhase = phase;
    nextReport.in(PAUSE_AFTER_ERROR);
    try {
      registry.report(self.apply(phase));
    } catch (PortException e) {
      isFailing = true;
      throw e;
    }
    isFailing = false;
    nextReport.in(INTERVAL);
  }
}

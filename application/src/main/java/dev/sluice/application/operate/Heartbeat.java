package dev.sluice.application.operate;

import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.port.NodeRegistry;
import dev.sluice.domain.port.NodeReport;
import dev.sluice.domain.port.NodeReport.Phase;
import dev.sluice.domain.port.PortException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// Tells the other nodes now and then that this one is there, and how it is.
public final class Heartbeat {

  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(1);

  private final NodeRegistry registry;
  private final Self self;
  private final InstantSource clock;
  private final IntSupplier inFlight;
  private Instant nextReport = Instant.MIN;
  private @Nullable Phase lastPhase;
  private volatile boolean isFailing;

  /// @param inFlight how many deliveries are in work here
  public Heartbeat(NodeRegistry registry, Self self, InstantSource clock, IntSupplier inFlight) {
    this.registry = registry;
    this.self = self;
    this.clock = clock;
    this.inFlight = inFlight;
  }

  /// What about this node does not change.
  ///
  /// @param id its name
  /// @param version of the program
  /// @param startedAt since when it runs
  public record Self(WorkerId id, String version, Instant startedAt) {}

  /// Whether the last report could not be written.
  public boolean isFailing() {
    return isFailing;
  }

  /// Reports when it is time to, or when there is something new to say.
  public synchronized void reportWhenDue(Phase phase) {
    Instant now = clock.instant();
    // Having left is the last word, also for a report that was on its way.
    if (lastPhase == Phase.LEFT || (phase == lastPhase && now.isBefore(nextReport))) {
      return;
    }
    lastPhase = phase;
    nextReport = now.plus(PAUSE_AFTER_ERROR);
    try {
      registry.report(
          new NodeReport(self.id(), self.version(), self.startedAt(), phase, inFlight.getAsInt()));
    } catch (PortException e) {
      isFailing = true;
      throw e;
    }
    isFailing = false;
    nextReport = now.plus(INTERVAL);
  }
}

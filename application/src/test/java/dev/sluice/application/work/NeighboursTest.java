package dev.sluice.application.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.HeldHandler;
import dev.sluice.application.fixture.Samples;
import dev.sluice.contract.Eventually;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.port.EventHandler;
import dev.sluice.domain.subscription.SubscriptionChange;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// One subscription's trouble is its own.
final class NeighboursTest {

  private static final SubscriptionChange[] THREE = {
    Samples.to("hanging", "*"), Samples.to("flooding", "*"), Samples.to("quiet", "*")
  };

  @Test
  void hangingSubscription_leavesSlotsToOthers() {
    var held = HeldHandler.obedient();
    EventHandler handler =
        (event, attempt) ->
            attempt.subscription().value().equals("hanging")
                ? held.handle(event, attempt)
                : Outcome.SUCCEEDED;
    try (Workbench bench = Workbench.with(handler, 8, Duration.ofHours(1), THREE)) {
      bench.append("hanging", 0, 200);
      bench.engine.start();
      Eventually.holds("it holds its share", () -> held.begun() == 7);

      bench.append("flooding", 0, 500);
      bench.append("quiet", 0, 1);

      bench.await("quiet-0", EventStatus.COMPLETED);
      bench.await("flooding-499", EventStatus.COMPLETED);
      assertThat(held.begun()).isEqualTo(7);
      held.release();
      bench.await("hanging-199", EventStatus.COMPLETED);
    }
  }

  /// However long the backlog of one subscription is, the next delivery of another is among the
  /// next that are claimed.
  @Test
  void floodingSubscription_doesNotDelayOthers() {
    var held = HeldHandler.obedient();
    try (Workbench bench = Workbench.with(held, 4, Duration.ofHours(1), THREE)) {
      bench.append("flooding", 0, 500);
      bench.engine.start();
      Eventually.holds("it holds its share", () -> held.begun() == 3);

      bench.append("quiet", 0, 1);

      Eventually.holds(
          "it begins", () -> bench.storage.status("quiet-0") == EventStatus.PROCESSING);
      held.release();
      bench.await("flooding-499", EventStatus.COMPLETED);
    }
  }

  @Test
  void onlySubscription_usesAllSlots() {
    var held = HeldHandler.obedient();
    try (Workbench bench = Workbench.with(held, 8, Duration.ofHours(1), Samples.to("quiet", "*"))) {
      bench.append("quiet", 0, 20);
      bench.engine.start();

      Eventually.holds("all run", () -> held.begun() == 8);
      held.release();
      bench.await("quiet-19", EventStatus.COMPLETED);
    }
  }
}

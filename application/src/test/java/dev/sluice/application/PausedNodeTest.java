package dev.sluice.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.work.Pauses;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.subscription.Pause;
import dev.sluice.domain.subscription.PauseScope;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// A node with paused work.
final class PausedNodeTest {

  private static final PauseScope OF_DEFAULT = new PauseScope.One(SubscriptionName.DEFAULT);

  private final Node node = Node.with((_, _) -> Outcome.SUCCEEDED, 2);
  private final Pauses pauses = node.application.useCases().pauses();

  @Test
  void pauseFromBefore_isInForceFromTheStart() {
    node.pauses.put(
        new Pause(PauseScope.EVERYTHING, "night", "ann", node.storage.now(), Instant.MAX));

    node.startedWith(1);

    assertThat(pauses.of(PauseScope.EVERYTHING)).isPresent();
    assertThat(node.application.reasonsNotReady()).as("paused is not unready").isEmpty();
    assertThat(node.storage.status("e-1")).isEqualTo(EventStatus.RECEIVED);
    pauses.resume(PauseScope.EVERYTHING);
    node.await("e-1", EventStatus.COMPLETED);
  }

  @Test
  void pauseWithEnd_letsWorkGoOnByItself() {
    pauses.pause(OF_DEFAULT, "deploy", "ann", node.storage.now().plusSeconds(10));
    node.startedWith(3);
    node.pass(Duration.ofSeconds(9));
    assertThat(node.storage.status("e-1")).isEqualTo(EventStatus.RECEIVED);

    node.pass(Duration.ofSeconds(1));

    node.await("e-1", EventStatus.COMPLETED);
    node.await("e-3", EventStatus.COMPLETED);
  }

  /// With memory storage, a stopping node processes what is due; for paused deliveries it would
  /// wait in vain.
  @Test
  void stop_doesNotWaitForWhatIsPaused() throws Exception {
    pauses.pause(PauseScope.EVERYTHING, "deploy", "ann", Instant.MAX);
    node.startedWith(2);

    assertThat(node.application.stop(Duration.ofMinutes(1)).left()).isEqualTo(2);
  }

  @Test
  void stop_doesNotWaitForAPausedSubscription() throws Exception {
    pauses.pause(OF_DEFAULT, "deploy", "ann", Instant.MAX);
    node.startedWith(2);

    assertThat(node.application.stop(Duration.ofMinutes(1)).left()).isEqualTo(2);
  }
}

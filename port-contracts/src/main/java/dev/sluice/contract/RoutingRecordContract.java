package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The promise of storages that keep which version of the subscriptions routed an event: all but
/// the broker.
public interface RoutingRecordContract {

  /// Returns a new, empty storage.
  StorageFixture newStorage();

  @Test
  default void versionThatRoutedAnEvent_isKept() {
    StorageFixture fixture = newStorage();
    fixture
        .events()
        .append(
            List.of(
                new NewEvent(
                    Events.event("routed"),
                    List.of(SubscriptionName.DEFAULT),
                    1_234_567_890_123L,
                    Optional.empty()),
                new NewEvent(Events.event("unrouted"), List.of(), 7, Optional.empty()),
                Events.routed(Events.event("built-in"))));

    assertThat(fixture.record("routed").routedBy()).isEqualTo(1_234_567_890_123L);
    assertThat(fixture.record("unrouted").routedBy()).isEqualTo(7);
    assertThat(fixture.record("built-in").routedBy()).isZero();
  }
}

package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.port.SettlementResult;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The promise of storages that each attempt names the version of the subscription under which it
/// was made.
public interface AttemptVersionsContract {

  /// Does not fit into 32 bits.
  long LARGE = 1_234_567_890_123L;

  /// Returns a new, empty storage.
  StorageFixture newStorage();

  @Test
  default void attempts_nameTheVersionWithWhichTheyWereSettled() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");

    settle(fixture, fixture.retryIn(Duration.ZERO), 3);
    settle(fixture, Resolution.HAND_BACK, 4);
    settle(fixture, Resolution.COMPLETE, LARGE);

    assertThat(versions(fixture, "e-1")).containsExactly(3L, 4L, LARGE);
  }

  @Test
  default void attemptOfAnUnknownVersion_namesNone() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");

    settle(fixture, fixture.retryIn(Duration.ZERO), 7);
    settle(fixture, Resolution.HAND_BACK, 0);
    Claim abandoned = fixture.claimOne();
    fixture.clock().advance(StorageFixture.LEASE);
    var _ = fixture.queue().reclaimExpired(10, _ -> fixture.retryIn(Duration.ZERO));

    assertThat(abandoned.attempt()).isEqualTo(3);
    assertThat(versions(fixture, "e-1")).containsExactly(7L, 0L, 0L);
  }

  @Test
  default void attemptInProgress_namesNone() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    settle(fixture, fixture.retryIn(Duration.ZERO), 7);

    var _ = fixture.claimOne();

    assertThat(versions(fixture, "e-1")).containsExactly(7L, 0L);
  }

  @Test
  default void replayedDelivery_keepsTheVersionsOfItsAttempts() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    settle(fixture, Resolution.COMPLETE, 5);
    var _ = fixture.control().replay(new EventId("e-1"), new ReplayScope.All(), LanePlace.TAIL);
    settle(fixture, new Resolution.DeadLetter(StorageFixture.CAUSE), 0);
    var _ = fixture.control().replay(new EventId("e-1"), new ReplayScope.All(), LanePlace.TAIL);

    assertThat(versions(fixture, "e-1")).containsExactly(5L, 0L);
  }

  @Test
  default void discardedDeadLetter_keepsTheVersionOfItsLastAttempt() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    settle(fixture, new Resolution.DeadLetter(StorageFixture.CAUSE), LARGE);

    assertThat(versions(fixture, "e-1")).containsExactly(LARGE);
    var _ = fixture.control().discard(new EventId("e-1"), Set.of());

    assertThat(versions(fixture, "e-1")).containsExactly(LARGE);
  }

  private static void settle(StorageFixture fixture, Resolution resolution, long version) {
    var settlement = new Settlement(fixture.claimOne(), resolution, version);
    assertThat(fixture.queue().settle(List.of(settlement)))
        .containsExactly(SettlementResult.SETTLED);
  }

  private static List<Long> versions(StorageFixture fixture, String id) {
    return fixture.record(id).history().getFirst().attempts().stream()
        .map(Attempt::subscriptionVersion)
        .toList();
  }
}

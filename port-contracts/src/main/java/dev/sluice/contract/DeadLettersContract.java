package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.ErrorFingerprint;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.ErrorGroup;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.PageRequest;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The promises of [dev.sluice.domain.port.DeadLetters].
public interface DeadLettersContract {

  /// Returns a new, empty storage.
  StorageFixture newStorage();

  private static void die(StorageFixture fixture, String id, String error, String message) {
    fixture.append(id);
    var cause = new FailureCause(FailureCause.Kind.HANDLER, error, message);
    fixture.settle(fixture.claimOne(), new Resolution.DeadLetter(cause));
  }

  private static List<ErrorGroup> groups(StorageFixture fixture, int limit) {
    Instant now = fixture.now();
    var trend = new ErrorGroup.Trend(now.minusSeconds(20), now.minusSeconds(10));
    return fixture.storage().deadLetters().groups(trend, limit);
  }

  @Test
  default void withoutDeadLetters_thereAreNoGroups() {
    StorageFixture fixture = newStorage();
    fixture.complete("done");

    assertThat(groups(fixture, 10)).isEmpty();
  }

  @Test
  default void likeFailures_areOneGroupLargestFirst() {
    StorageFixture fixture = newStorage();
    die(fixture, "other", "TimeoutException", "too slow");
    Instant first = fixture.now();
    die(fixture, "e-1", "NotFound", "order 4711 not found");
    fixture.clock().advance(Duration.ofSeconds(15));
    die(fixture, "e-2", "NotFound", "order 4712 not found");
    fixture.clock().advance(Duration.ofSeconds(5));
    die(fixture, "e-3", "NotFound", "order 4713 not found");

    List<ErrorGroup> groups = groups(fixture, 10);

    assertThat(groups).hasSize(2);
    ErrorGroup largest = groups.getFirst();
    var cause = new FailureCause(FailureCause.Kind.HANDLER, "NotFound", "order 4713 not found");
    assertThat(largest)
        .isEqualTo(
            new ErrorGroup(
                ErrorFingerprint.of(SubscriptionName.DEFAULT, cause),
                SubscriptionName.DEFAULT,
                cause,
                3,
                first,
                fixture.now(),
                new EventId("e-3"),
                2,
                1));
    assertThat(groups(fixture, 1)).containsExactly(largest);
  }

  @Test
  default void whatIsReplayedOrDiscarded_leavesItsGroup() {
    StorageFixture fixture = newStorage();
    die(fixture, "e-1", "NotFound", "order 1");
    die(fixture, "e-2", "NotFound", "order 2");
    die(fixture, "e-3", "NotFound", "order 3");

    fixture.control().discard(new EventId("e-1"), Set.of());
    fixture.control().replay(new EventId("e-2"), new ReplayScope.Failed(), LanePlace.TAIL);

    assertThat(groups(fixture, 10)).extracting(ErrorGroup::count).containsExactly(1L);
  }

  @Test
  default void group_isFoundByItsFingerprint() {
    StorageFixture fixture = newStorage();
    die(fixture, "e-1", "NotFound", "order 1");
    die(fixture, "e-2", "TimeoutException", "too slow");
    die(fixture, "e-3", "NotFound", "order 3");
    ErrorFingerprint fingerprint = groups(fixture, 1).getFirst().fingerprint();

    EventFilter filter = EventFilter.ALL.withErrors(Set.of(fingerprint));

    assertThat(fixture.events().list(filter, PageRequest.first(10)).items())
        .extracting(event -> event.event().id().value())
        .containsExactly("e-3", "e-1");
  }
}

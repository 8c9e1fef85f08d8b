package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LaneId;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.lane.Lanes;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.subscription.Ordering;
import dev.sluice.domain.subscription.Ordering.OnFailure;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the tests of lanes do.
final class LaneSteps {

  static final SubscriptionName ORDERED = new SubscriptionName("mail");
  static final SubscriptionName PLAIN = new SubscriptionName("audit");
  static final Ordering CONTINUE = new Ordering(OnFailure.CONTINUE);
  static final Ordering BLOCK = new Ordering(OnFailure.BLOCK);
  static final LaneId LANE = new LaneId(ORDERED, "k");

  private LaneSteps() {}

  static Lanes lanes(StorageFixture fixture) {
    return fixture.storage().lanes().orElseThrow();
  }

  static void append(StorageFixture fixture, Ordering ordering, String key, String... ids) {
    for (String id : ids) {
      append(fixture, ordering, event(fixture, key, id));
    }
  }

  static Event event(StorageFixture fixture, String key, String id) {
    Event event = Events.event(id, "order.paid", fixture.now());
    return key.isEmpty() ? event : Events.withKey(event, key);
  }

  static void append(StorageFixture fixture, Ordering ordering, Event event) {
    fixture.events().append(List.of(routed(event, ordering)));
  }

  static NewEvent routed(Event event, Ordering ordering) {
    return new NewEvent(
        event, List.of(ORDERED), 1, Optional.empty(), Map.of(), Map.of(ORDERED, ordering));
  }

  static List<String> ids(List<Claim> claims) {
    return claims.stream().map(claim -> claim.event().id().value()).toList();
  }

  /// Claims what is due and completes it, until nothing is.
  static List<String> processAll(StorageFixture fixture) {
    var processed = new ArrayList<String>();
    for (List<Claim> claims = fixture.claimDue(); !claims.isEmpty(); claims = fixture.claimDue()) {
      processed.addAll(ids(claims));
      claims.forEach(claim -> fixture.settle(claim, Resolution.COMPLETE));
    }
    return processed;
  }

  static void deadLetter(StorageFixture fixture) {
    fixture.settle(fixture.claimOne(), new Resolution.DeadLetter(StorageFixture.CAUSE));
  }

  static void arrange(StorageFixture fixture, Optional<Ordering> ordering) {
    for (int step = 0; step < 100; step++) {
      if (!lanes(fixture).arrange(ORDERED, ordering, 2)) {
        return;
      }
    }
    throw new AssertionError("not arranged after 100 steps");
  }

  static void replay(StorageFixture fixture, String id, LanePlace place) {
    assertThat(fixture.control().replay(new EventId(id), new ReplayScope.All(), place))
        .isInstanceOf(ControlResult.Changed.class);
  }

  static void plain(StorageFixture fixture, String key, String id) {
    fixture.events().append(List.of(new NewEvent(event(fixture, key, id), List.of(ORDERED))));
  }
}

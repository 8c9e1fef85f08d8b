package dev.sluice.contract;

import static dev.sluice.contract.MixedEvents.AUDIT;
import static dev.sluice.contract.MixedEvents.BILLING;
import static dev.sluice.contract.MixedEvents.MAIL;
import static dev.sluice.domain.delivery.DeliveryStatus.CANCELLED;
import static dev.sluice.domain.delivery.DeliveryStatus.COMPLETED;
import static dev.sluice.domain.delivery.DeliveryStatus.FAILED;
import static dev.sluice.domain.delivery.DeliveryStatus.PROCESSING;
import static dev.sluice.domain.delivery.DeliveryStatus.RECEIVED;
import static dev.sluice.domain.delivery.DeliveryStatus.RETRYING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.ErrorFingerprint;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.ErrorGroup;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.port.PageRequest;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Lists, counts and groups look at deliveries: what [dev.sluice.domain.port.EventStore#list]
/// promises of events with several ones.
public interface MixedEventListContract {

  /// Returns a new, empty storage.
  StorageFixture newStorage();

  /// Stores one event with a dead delivery for each status that its other delivery can have, and
  /// one without a dead delivery.
  private static StorageFixture filled(StorageFixture fixture) {
    MixedEvents.store(fixture, "none", Map.of(MAIL, COMPLETED, BILLING, COMPLETED));
    MixedEvents.store(fixture, "completed", Map.of(MAIL, FAILED, BILLING, COMPLETED));
    MixedEvents.store(fixture, "cancelled", Map.of(MAIL, FAILED, BILLING, CANCELLED));
    MixedEvents.store(fixture, "failed", Map.of(MAIL, FAILED, BILLING, FAILED));
    MixedEvents.store(fixture, "retrying", Map.of(MAIL, FAILED, BILLING, RETRYING));
    MixedEvents.store(fixture, "processing", Map.of(MAIL, FAILED, BILLING, PROCESSING));
    MixedEvents.store(fixture, "received", Map.of(MAIL, FAILED, BILLING, RECEIVED));
    return fixture;
  }

  @Test
  default void deadDelivery_isFoundWhateverItsSiblingDoes() {
    StorageFixture fixture = filled(newStorage());

    assertThat(ids(fixture, status(EventStatus.FAILED), 100))
        .containsExactly("received", "processing", "retrying", "failed", "cancelled", "completed");
    assertThat(fixture.status("received")).isEqualTo(EventStatus.RECEIVED);
    assertThat(fixture.status("processing")).isEqualTo(EventStatus.PROCESSING);
    assertThat(fixture.events().count(status(EventStatus.FAILED), Cursor.START, 100).events())
        .isEqualTo(6);
  }

  @Test
  default void everyStatus_isThatOfADelivery() {
    StorageFixture fixture = filled(newStorage());

    for (EventStatus status :
        Set.of(
            EventStatus.RECEIVED,
            EventStatus.PROCESSING,
            EventStatus.RETRYING,
            EventStatus.CANCELLED)) {
      assertThat(ids(fixture, status(status), 100)).containsExactly(status.wireName());
    }
    assertThat(ids(fixture, status(EventStatus.COMPLETED), 100))
        .containsExactly("completed", "none");
  }

  @Test
  default void statusSubscriptionAndError_areOfOneDelivery() {
    StorageFixture fixture = newStorage();
    MixedEvents.store(fixture, "mail", Map.of(MAIL, FAILED, BILLING, COMPLETED));
    MixedEvents.store(fixture, "billing", Map.of(MAIL, COMPLETED, BILLING, FAILED));
    EventFilter failed = status(EventStatus.FAILED);
    EventFilter completed = status(EventStatus.COMPLETED);
    EventFilter error = EventFilter.ALL.withErrors(Set.of(error(MAIL)));

    assertThat(ids(fixture, of(failed, MAIL), 9)).containsExactly("mail");
    assertThat(ids(fixture, of(failed, BILLING), 9)).containsExactly("billing");
    assertThat(ids(fixture, of(completed, MAIL), 9)).containsExactly("billing");
    assertThat(ids(fixture, of(failed, AUDIT), 9)).isEmpty();
    assertThat(ids(fixture, of(EventFilter.ALL, MAIL), 9)).containsExactly("billing", "mail");
    assertThat(ids(fixture, error, 9)).containsExactly("mail");
    assertThat(ids(fixture, of(error, MAIL), 9)).containsExactly("mail");
    assertThat(ids(fixture, of(error, BILLING), 9)).isEmpty();
    assertThat(ids(fixture, error.withStatuses(Set.of(EventStatus.COMPLETED)), 9)).isEmpty();
  }

  @Test
  default void severalStatuses_returnEachEventOnce() {
    StorageFixture fixture = filled(newStorage());
    EventFilter filter =
        EventFilter.ALL.withStatuses(
            Set.of(EventStatus.FAILED, EventStatus.RECEIVED, EventStatus.COMPLETED));

    for (int size = 1; size <= 8; size++) {
      assertThat(ids(fixture, filter, size))
          .as("pages of " + size)
          .containsExactly(
              "received", "processing", "retrying", "failed", "cancelled", "completed", "none");
    }
    assertThat(fixture.events().count(filter, Cursor.START, 100).events()).isEqualTo(7);
  }

  @Test
  default void unrouted_meansNoDelivery() {
    StorageFixture fixture = filled(newStorage());
    fixture.events().append(List.of(Events.unrouted(Events.event("nobody"))));
    EventFilter unrouted = status(EventStatus.UNROUTED);

    assertThat(ids(fixture, unrouted, 9)).containsExactly("nobody");
    assertThat(ids(fixture, of(unrouted, MAIL), 9)).isEmpty();
    assertThat(
            ids(
                fixture,
                EventFilter.ALL.withStatuses(Set.of(EventStatus.UNROUTED, EventStatus.RETRYING)),
                9))
        .containsExactly("nobody", "retrying");
  }

  @Test
  default void eventIsListedAsLongAsADeliveryHasTheStatus() {
    StorageFixture fixture = newStorage();
    MixedEvents.store(fixture, "e-1", Map.of(MAIL, FAILED, BILLING, FAILED));
    var id = new EventId("e-1");

    fixture.control().replay(id, new ReplayScope.Named(Set.of(MAIL)), LanePlace.TAIL);
    assertThat(ids(fixture, status(EventStatus.FAILED), 9)).containsExactly("e-1");
    assertThat(ids(fixture, status(EventStatus.RECEIVED), 9)).containsExactly("e-1");

    fixture.control().discard(id, Set.of(BILLING));
    assertThat(ids(fixture, status(EventStatus.FAILED), 9)).isEmpty();
    assertThat(ids(fixture, status(EventStatus.CANCELLED), 9)).containsExactly("e-1");

    fixture.control().cancel(id, Set.of(MAIL));
    assertThat(ids(fixture, status(EventStatus.RECEIVED), 9)).isEmpty();
    fixture.events().purge(fixture.now().plusSeconds(1), 10);
    assertThat(ids(fixture, status(EventStatus.CANCELLED), 9)).isEmpty();
    assertThat(ids(fixture, EventFilter.ALL, 9)).isEmpty();
  }

  @Test
  default void groups_countWhatAListByTheirErrorFinds() {
    StorageFixture fixture = filled(newStorage());
    var trend = new ErrorGroup.Trend(fixture.now().minusSeconds(20), fixture.now());

    List<ErrorGroup> groups = fixture.storage().deadLetters().groups(trend, 10);

    assertThat(groups).extracting(ErrorGroup::subscription).containsExactly(MAIL, BILLING);
    assertThat(groups).extracting(ErrorGroup::count).containsExactly(6L, 1L);
    for (ErrorGroup group : groups) {
      EventFilter filter = status(EventStatus.FAILED).withErrors(Set.of(group.fingerprint()));
      assertThat(ids(fixture, filter, 2)).hasSize((int) group.count());
      assertThat(fixture.events().count(filter, Cursor.START, 100).events())
          .isEqualTo(group.count());
    }
  }

  private static EventFilter status(EventStatus status) {
    return EventFilter.ALL.withStatuses(Set.of(status));
  }

  private static EventFilter of(EventFilter filter, SubscriptionName... subscriptions) {
    return filter.withSubscriptions(Set.of(subscriptions));
  }

  private static ErrorFingerprint error(SubscriptionName subscription) {
    return ErrorFingerprint.of(subscription, StorageFixture.CAUSE);
  }

  private static List<String> ids(StorageFixture fixture, EventFilter filter, int pageSize) {
    var all = new ArrayList<String>();
    Cursor cursor = Cursor.START;
    while (!cursor.equals(Cursor.END)) {
      Page<EventSummary> page = fixture.events().list(filter, new PageRequest(cursor, pageSize));
      Stream<EventSummary> items = page.items().stream();
      items.map(event -> event.event().id().value()).forEach(all::add);
      cursor = page.next();
    }
    return all;
  }
}

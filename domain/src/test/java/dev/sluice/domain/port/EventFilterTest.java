package dev.sluice.domain.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.AttemptCount;
import dev.sluice.domain.delivery.DeliverySnapshot;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.ErrorFingerprint;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.Payload;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventFilterTest {

  private static final EventType PAID = new EventType("order.paid");
  private static final EventType SENT = new EventType("order.sent");
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.123Z");

  private static final SubscriptionName MAIL = new SubscriptionName("mail");
  private static final SubscriptionName BILLING = new SubscriptionName("billing");
  private static final FailureCause CAUSE =
      new FailureCause(FailureCause.Kind.HANDLER, "NotFound", "order 1");

  private static final DeliverySnapshot MAIL_FAILED =
      new DeliverySnapshot(MAIL, new DeliveryState.Failed(AttemptCount.NONE, NOON, CAUSE));
  private static final DeliverySnapshot BILLING_DONE =
      new DeliverySnapshot(BILLING, new DeliveryState.Completed(AttemptCount.NONE, NOON));

  private static final Event WITHOUT_KEY = event(Attributes.NONE);
  private static final Event WITH_KEY = event(new Attributes(Map.of(Attributes.KEY, "c-7")));

  private static Event event(Attributes attributes) {
    return new Event(
        new EventId("e-1"), PAID, NOON, NOON.plusSeconds(9), new Payload("{}"), attributes);
  }

  private static boolean accepts(EventFilter filter, Event event) {
    return filter.accepts(new EventSummary(event, List.of(MAIL_FAILED)));
  }

  private static boolean accepts(EventFilter filter, DeliverySnapshot... deliveries) {
    return filter.accepts(new EventSummary(WITH_KEY, List.of(deliveries)));
  }

  private static EventFilter withStatuses(EventStatus... statuses) {
    return EventFilter.ALL.withStatuses(Set.of(statuses));
  }

  @Test
  void openFilter_acceptsEverything() {
    assertThat(accepts(EventFilter.ALL, WITH_KEY)).isTrue();
    assertThat(accepts(EventFilter.ALL, WITHOUT_KEY)).isTrue();
    assertThat(accepts(EventFilter.ALL)).as("unrouted").isTrue();
  }

  @Test
  void statuses_chooseByThoseOfDeliveries() {
    EventFilter filter = withStatuses(EventStatus.FAILED, EventStatus.RETRYING);

    assertThat(accepts(filter, MAIL_FAILED)).isTrue();
    assertThat(accepts(filter, BILLING_DONE)).isFalse();
    assertThat(accepts(filter, BILLING_DONE, MAIL_FAILED)).isTrue();
    assertThat(accepts(filter)).isFalse();
  }

  @Test
  void unrouted_meansNoDelivery() {
    EventFilter filter = withStatuses(EventStatus.UNROUTED);

    assertThat(accepts(filter)).isTrue();
    assertThat(accepts(filter, MAIL_FAILED)).isFalse();
    assertThat(accepts(filter.withSubscriptions(Set.of(MAIL)))).isFalse();
    assertThat(filter.deliveryStatuses()).isEmpty();
  }

  @Test
  void statusSubscriptionAndError_areOfOneDelivery() {
    EventFilter failed = withStatuses(EventStatus.FAILED);
    EventFilter mailError = EventFilter.ALL.withErrors(Set.of(ErrorFingerprint.of(MAIL, CAUSE)));

    assertThat(accepts(failed.withSubscriptions(Set.of(MAIL)), MAIL_FAILED, BILLING_DONE)).isTrue();
    assertThat(accepts(failed.withSubscriptions(Set.of(BILLING)), MAIL_FAILED, BILLING_DONE))
        .isFalse();
    assertThat(accepts(mailError, MAIL_FAILED, BILLING_DONE)).isTrue();
    assertThat(accepts(mailError.withSubscriptions(Set.of(BILLING)), MAIL_FAILED, BILLING_DONE))
        .isFalse();
  }

  @Test
  void types_chooseByType() {
    assertThat(accepts(EventFilter.ALL.withTypes(Set.of(PAID, SENT)), WITH_KEY)).isTrue();
    assertThat(accepts(EventFilter.ALL.withTypes(Set.of(SENT)), WITH_KEY)).isFalse();
  }

  @Test
  void keys_chooseByKeyAndLeaveEventsWithoutOne() {
    EventFilter filter = EventFilter.ALL.withKeys(Set.of("c-7", "c-8"));

    assertThat(accepts(filter, WITH_KEY)).isTrue();
    assertThat(accepts(filter, WITHOUT_KEY)).isFalse();
    assertThat(accepts(EventFilter.ALL.withKeys(Set.of("c-8")), WITH_KEY)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0,0,true", "-1,1,true", "-2,-1,false", "1,2,false", "0,1,true", "-1,0,true"})
  void bounds_areOfTheOccurrenceAndBothIncluded(long from, long to, boolean isAccepted) {
    EventFilter filter =
        EventFilter.ALL.occurredBetween(NOON.plusMillis(from), NOON.plusMillis(to));

    assertThat(accepts(filter, WITH_KEY)).isEqualTo(isAccepted);
  }

  @Test
  void aspects_mustAllFit() {
    var filter =
        EventFilter.ALL
            .occurredBetween(NOON, NOON)
            .withKeys(Set.of("c-7"))
            .withTypes(Set.of(PAID))
            .withStatuses(Set.of(EventStatus.FAILED));

    assertThat(accepts(filter, WITH_KEY)).isTrue();
    assertThat(accepts(filter.withTypes(Set.of(SENT)), WITH_KEY)).isFalse();
    assertThat(accepts(filter.withKeys(Set.of("c-8")), WITH_KEY)).isFalse();
    assertThat(accepts(filter, BILLING_DONE)).isFalse();
  }

  @Test
  void filter_cannotBeChangedFromOutside() {
    var types = new HashSet<>(Set.of(SENT));
    EventFilter filter = EventFilter.ALL.withTypes(types);

    types.clear();

    assertThat(accepts(filter, WITH_KEY)).isFalse();
  }
}

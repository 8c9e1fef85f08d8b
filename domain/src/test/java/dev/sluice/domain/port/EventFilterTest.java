package dev.sluice.domain.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.Payload;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class EventFilterTest {

  private static final EventType PAID = new EventType("order.paid");
  private static final EventType SENT = new EventType("order.sent");
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.123Z");

  private static final Event WITHOUT_KEY = event(Attributes.NONE);
  private static final Event WITH_KEY = event(new Attributes(Map.of(Attributes.KEY, "c-7")));

  private static Event event(Attributes attributes) {
    return new Event(
        new EventId("e-1"), PAID, NOON, NOON.plusSeconds(9), new Payload("{}"), attributes);
  }

  private static boolean accepts(EventFilter filter, Event event) {
    return filter.accepts(event, EventStatus.FAILED);
  }

  @ParameterizedTest
  @EnumSource(EventStatus.class)
  void openFilter_acceptsEverything(EventStatus status) {
    assertThat(EventFilter.ALL.accepts(WITH_KEY, status)).isTrue();
    assertThat(EventFilter.ALL.accepts(WITHOUT_KEY, status)).isTrue();
  }

  @Test
  void statuses_chooseByStatus() {
    var filter = EventFilter.ALL.withStatuses(Set.of(EventStatus.FAILED, EventStatus.RETRYING));

    assertThat(filter.accepts(WITH_KEY, EventStatus.FAILED)).isTrue();
    assertThat(filter.accepts(WITH_KEY, EventStatus.COMPLETED)).isFalse();
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
    assertThat(filter.accepts(WITH_KEY, EventStatus.RECEIVED)).isFalse();
  }

  @Test
  void filter_cannotBeChangedFromOutside() {
    var types = new HashSet<>(Set.of(SENT));
    EventFilter filter = EventFilter.ALL.withTypes(types);

    types.clear();

    assertThat(accepts(filter, WITH_KEY)).isFalse();
  }
}

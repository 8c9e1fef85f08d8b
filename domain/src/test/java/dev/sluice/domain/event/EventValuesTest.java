package dev.sluice.domain.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EventValuesTest {

  private static final Instant OCCURRED = Instant.parse("2026-01-02T03:04:05.678999999Z");

  private static Event eventWith(Payload payload) {
    return new Event(
        new EventId("e-1"), EventType.DEFAULT, OCCURRED, OCCURRED, payload, Attributes.NONE);
  }

  @Test
  void occurrence_isKeptToTheMillisecond() {
    Event event = eventWith(new Payload("1"));

    assertThat(event.occurredAt()).isEqualTo("2026-01-02T03:04:05.678Z");
    assertThat(event.receivedAt()).isEqualTo(OCCURRED);
  }

  @Test
  void payloadAsText_saysItsSizeAndNotItsContent() {
    var payload = new Payload("{\"card\":\"4111 1111\"}");

    assertThat(payload).hasToString("Payload[20 characters]");
    assertThat(eventWith(payload).toString()).doesNotContain("4111", "card");
    assertThat(payload.json()).isEqualTo("{\"card\":\"4111 1111\"}").hasSize(payload.length());
  }

  @Test
  void emptyPayload_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Payload(""))
        .withMessageContaining("JSON value");
  }

  @Test
  void namedAttributes_areFoundByTheirNames() {
    var attributes =
        new Attributes(
            Map.of("source", "shop", "subject", "o-1", "key", "c-7", "traceparent", "00-a-b-01"));

    assertThat(attributes.source()).contains("shop");
    assertThat(attributes.subject()).contains("o-1");
    assertThat(attributes.key()).contains("c-7");
    assertThat(attributes.traceparent()).contains("00-a-b-01");
  }

  @Test
  void attributesNotGiven_areAbsent() {
    assertThat(Attributes.NONE.source()).isEmpty();
    assertThat(Attributes.NONE.subject()).isEmpty();
    assertThat(Attributes.NONE.key()).isEmpty();
    assertThat(Attributes.NONE.traceparent()).isEmpty();
  }

  @Test
  void attributes_cannotBeChangedFromOutside() {
    var values = new HashMap<>(Map.of("region", "eu"));
    var attributes = new Attributes(values);

    values.put("region", "us");

    assertThat(attributes.values()).containsExactly(Map.entry("region", "eu"));
  }

  @Test
  void extensionThatBreaksTheRule_isNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Attributes(Map.of("region", "\n")))
        .withMessageContaining("attribute region");
  }

  @Test
  void idsAndTypes_readAsTheirText() {
    assertThat(new EventId("e-1")).hasToString("e-1");
    assertThat(EventType.DEFAULT).hasToString("default");
  }
}

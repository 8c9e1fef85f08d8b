package dev.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.application.intake.EventDraft;
import dev.sluice.domain.port.MessageIntake.Message;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Foreign messages are read in every format that the service supports.
final class MessageReaderTest {

  private static ReadEvent read(String text) {
    return MessageReader.read(new Message(text.getBytes(StandardCharsets.UTF_8), Optional.empty()));
  }

  private static EventDraft draft(String text) {
    return ((ReadEvent.Valid) read(text)).draft();
  }

  @Test
  void plainEvent_isReadAsProducersSendIt() {
    EventDraft draft =
        draft("{\"event_id\":\"e-1\",\"event_type\":\"order.paid\",\"payload\":{\"n\": 1}}");

    assertThat(draft.id().orElseThrow().value()).isEqualTo("e-1");
    assertThat(draft.type().value()).isEqualTo("order.paid");
    assertThat(draft.payload().json()).isEqualTo("{\"n\": 1}");
  }

  @Test
  void eventThatNestWraps_isTheEvent() {
    EventDraft draft =
        draft(
            "{\"pattern\":\"order.paid\",\"data\":{\"event_id\":\"e-1\",\"payload\":\"ü\"},\"id\":\"x\"}");

    assertThat(draft.id().orElseThrow().value()).isEqualTo("e-1");
    assertThat(draft.type().value()).isEqualTo("order.paid");
    assertThat(draft.payload().json()).isEqualTo("\"ü\"");
  }

  @Test
  void typeOfTheEvent_goesBeforeThePattern() {
    assertThat(draft("{\"pattern\":\"a\",\"data\":{\"type\":\"b\",\"payload\":1}}").type().value())
        .isEqualTo("b");
  }

  @Test
  void otherDataThatNestWraps_isThePayload() {
    EventDraft draft = draft("{\"pattern\":{\"cmd\":\"sum\"},\"data\":[1, 2]}");

    assertThat(draft.type().value()).isEqualTo("{\"cmd\":\"sum\"}");
    assertThat(draft.payload().json()).isEqualTo("[1, 2]");
  }

  private static ReadEvent read(String contentType, Map<String, String> attributes, String body) {
    return MessageReader.read(
        new Message(
            body.getBytes(StandardCharsets.UTF_8),
            Optional.empty(),
            Optional.of(contentType),
            attributes));
  }

  @Test
  void cloudEventInStructuredMode_isRead() {
    String event =
        "{\"specversion\":\"1.0\",\"id\":\"c-1\",\"source\":\"/s\",\"type\":\"t\",\"data\":[1]}";

    ReadEvent read = read("Application/CloudEvents+JSON; charset=UTF-8", Map.of(), event);

    EventDraft draft = ((ReadEvent.Valid) read).draft();
    assertThat(draft.id().orElseThrow().value()).isEqualTo("c-1");
    assertThat(draft.payload().json()).isEqualTo("[1]");
    assertThat(read(event)).isInstanceOf(ReadEvent.Invalid.class);
    assertThat(read("application/cloudevents+avro", Map.of(), event))
        .isInstanceOf(ReadEvent.Invalid.class);
    assertThat(read("application/cloudevents-batch+json", Map.of(), "[" + event + "]"))
        .isInstanceOf(ReadEvent.Invalid.class);
  }

  @Test
  void cloudEventInBinaryMode_isRead() {
    Map<String, String> attributes =
        Map.of("specversion", "1.0", "id", "c-2", "source", "/s", "type", "t", "ext", "x");

    EventDraft draft = ((ReadEvent.Valid) read("application/xml", attributes, "<a/>")).draft();

    assertThat(draft.id().orElseThrow().value()).isEqualTo("c-2");
    assertThat(draft.payload().json()).isEqualTo("\"<a/>\"");
    assertThat(draft.attributes().values())
        .containsEntry("ext", "x")
        .containsEntry("datacontenttype", "application/xml");
    assertThat(read("text/plain", Map.of("id", "c-3"), "x")).isInstanceOf(ReadEvent.Invalid.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "1",
        "{\"pattern\":\"a\"}",
        "{\"data\":1}",
        "{\"pattern\":\"a\",\"data\":1,\"more\":1}",
        "{\"pattern\":\"\",\"data\":1}",
        "{\"pattern\":\"a\",\"data\":{\"payload\":1,\"unknown\":1}}"
      })
  void whatIsNoEvent_isNamed(String text) {
    assertThat(read(text)).isInstanceOf(ReadEvent.Invalid.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "hello", "{\"pattern\":\"a\",\"data\":1}x", "{\"payload\":1"})
  void whatIsNotJson_isRefused(String text) {
    assertThatExceptionOfType(MalformedJsonException.class).isThrownBy(() -> read(text));
  }
}

package dev.sluice.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.KeyValuePair;

final class JsonLineLayoutTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonLineLayout layout = new JsonLineLayout("staging");

  @Test
  void line_saysWhenWhereAndWhat() {
    assertThat(layout.doLayout(LogEvents.event("hello")))
        .isEqualTo(
            "{\"time\":\"2026-01-02T03:04:05.600Z\",\"level\":\"WARN\",\"env\":\"staging\","
                + "\"logger\":\"dev.sluice.Test\",\"message\":\"hello\"}\n");
  }

  @Test
  void pairs_keepTheirTypes() throws JsonProcessingException {
    JsonNode line =
        parse(
            LogEvents.event(
                "m",
                new KeyValuePair("status", 404),
                new KeyValuePair("ms", 1.25),
                new KeyValuePair("ok", true),
                new KeyValuePair("route", "GET /events")));

    assertThat(line.get("status").intValue()).isEqualTo(404);
    assertThat(line.get("ms").doubleValue()).isEqualTo(1.25);
    assertThat(line.get("ok").isBoolean()).isTrue();
    assertThat(line.get("route").textValue()).isEqualTo("GET /events");
  }

  @Test
  void numbersThatJsonDoesNotKnow_areText() throws JsonProcessingException {
    JsonNode line =
        parse(
            LogEvents.event(
                "m",
                new KeyValuePair("a", Double.NaN),
                new KeyValuePair("b", Float.POSITIVE_INFINITY)));

    assertThat(line.get("a").textValue()).isEqualTo("NaN");
    assertThat(line.get("b").textValue()).isEqualTo("Infinity");
  }

  @Test
  void everyCharacter_comesBack() throws JsonProcessingException {
    var all = new StringBuilder();
    for (char character = 0; character < 0x500; character++) {
      all.append(character);
    }
    all.append("\u2028\u2029\uFEFF\uFFFF").appendCodePoint(0x1F600);

    String message = all.toString();

    assertThat(parse(LogEvents.event(message)).get("message").textValue()).isEqualTo(message);
  }

  @Test
  void controlCharacters_areEscapedEverywhere() {
    String line =
        layout.doLayout(
            LogEvents.event(
                "a\r\n\u001b[31m\u0085\u009b\u007f", new KeyValuePair("k\n\"", "v\n\u0000")));

    assertThat(line).endsWith("}\n");
    assertThat(line.substring(0, line.length() - 1).chars()).noneMatch(Character::isISOControl);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\uD800", "\uDC00", "a\uD800b", "\uDC00\uD800", "\uD83D\uD83D\uDE00", "x\uDBFF"})
  void loneSurrogates_areEscaped(String text) throws JsonProcessingException {
    String line = layout.doLayout(LogEvents.event(text));

    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(line)).isTrue();
    assertThat(JSON.readTree(line).get("message").textValue()).isEqualTo(text);
  }

  @Test
  void stackTrace_isOneMember() throws JsonProcessingException {
    var thrown = new IllegalStateException("outer \"x\"\nforged", new RuntimeException("inner"));

    String line = layout.doLayout(LogEvents.event("failed", thrown));

    assertThat(line.lines()).hasSize(1);
    assertThat(JSON.readTree(line).get("error").textValue())
        .contains("IllegalStateException: outer \"x\"\nforged", "Caused by:", "inner", "\tat ");
  }

  private JsonNode parse(ILoggingEvent event) throws JsonProcessingException {
    String line = layout.doLayout(event);
    assertThat(line.lines()).hasSize(1);
    return JSON.readTree(line);
  }
}

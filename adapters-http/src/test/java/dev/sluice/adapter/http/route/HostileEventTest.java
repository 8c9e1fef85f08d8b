package dev.sluice.adapter.http.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.http.HttpSettings;
import dev.sluice.application.intake.NoIntake;
import dev.sluice.domain.port.MessageIntake.Message;
import dev.sluice.domain.port.MessageIntake.Result;
import dev.sluice.format.CloudEventReader;
import dev.sluice.format.EventReader;
import dev.sluice.format.FormattedMessages;
import dev.sluice.format.ReadEvent;
import dev.sluice.format.TraceContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// An invalid event never affects others: whatever the value of a member, only that event is
/// rejected, and no reader throws.
final class HostileEventTest {

  private static final FormattedMessages MESSAGES =
      new FormattedMessages(NoIntake.INSTANCE, 1 << 20);

  private static final List<String> MEMBERS =
      List.of(
          "event_id",
          "event_type",
          "type",
          "occurred_at",
          "timestamp",
          "source",
          "subject",
          "key",
          "traceparent",
          "tracestate",
          "payload",
          "specversion",
          "id",
          "time",
          "data",
          "data_base64",
          "datacontenttype",
          "dataschema",
          "partitionkey",
          "ext",
          "pattern",
          "options",
          "\\udfaa",
          "");

  private static final List<String> VALUES =
      List.of(
          "1e99999999999",
          "-1e-99999999999",
          "1e2147483647",
          "1e-2147483648",
          "0e2147483647",
          "9".repeat(500),
          "-0",
          "1.5",
          "0",
          "2147483648",
          "null",
          "true",
          "[]",
          "{}",
          "[[[{\"a\":1e99999999999}]]]",
          "{\"a\":1,\"a\":1e99999999999}",
          "{\"\\udfaa\":0}",
          "{\"event_id\":\"x\",\"occurred_at\":1e99999999999,\"payload\":1}",
          "\"\"",
          "\" \"",
          "\"\\u0000\"",
          "\"\\udfaa\"",
          "\"\\ud83d\\ude00\"",
          "\"x\"",
          "\"A\"",
          "\"=\"",
          "\"////\"",
          "\"1.0\"",
          "\"" + "x".repeat(20_000) + "\"",
          "\"9999-12-31T23:59:59.9999999Z\"",
          "\"0000-01-01T00:00:00+23:59\"",
          "\"2026-01-02T03:04:05.\"",
          "\"٢٠٢٦-01-02T03:04:05Z\"",
          "\"text/plain; charset=\"");

  @Provide
  Arbitrary<String> events() {
    Arbitrary<String> members =
        Arbitraries.of(MEMBERS)
            .flatMap(name -> Arbitraries.of(VALUES).map(value -> "\"" + name + "\":" + value));
    return members
        .list()
        .ofMaxSize(6)
        .map(list -> list.stream().collect(Collectors.joining(",", "{", "}")));
  }

  @Property(tries = 3_000)
  void anyEvent_isReadOrNamed(@ForAll("events") String event) {
    byte[] text = event.getBytes(UTF_8);

    assertThat(EventReader.readDocument(text, TraceContext.NONE)).isNotNull();
    assertThat(CloudEventReader.readDocument(text, TraceContext.NONE)).isNotNull();
    assertJudged(new Message(text, Optional.empty()));
  }

  /// Asserts that no reader threw: an exception that [FormattedMessages] caught would be our own
  /// error.
  private static void assertJudged(Message message) {
    Result result = MESSAGES.take(List.of(message)).getFirst();

    assertThat(result.toString()).doesNotContain("it cannot be read");
  }

  @Property(tries = 1_000)
  void neighbours_areReadBesideIt(@ForAll("events") String event) {
    byte[] text = ("[{\"payload\":1}," + event + ",{\"payload\":2}]").getBytes(UTF_8);

    List<ReadEvent> events =
        new ListReader(
                HttpSettings.Limits.DEFAULT, json -> EventReader.read(json, TraceContext.NONE))
            .read(text);

    assertThat(events).hasSize(3);
    assertThat(events.get(0)).isInstanceOf(ReadEvent.Valid.class);
    assertThat(events.get(2)).isInstanceOf(ReadEvent.Valid.class);
  }

  @Provide
  Arbitrary<Map<String, String>> attributes() {
    return Arbitraries.maps(
            Arbitraries.of(MEMBERS), Arbitraries.of(VALUES).map(value -> value.replace("\"", "")))
        .ofMaxSize(6);
  }

  @Property(tries = 1_000)
  void anyBinaryMessage_isReadOrNamed(
      @ForAll("attributes") Map<String, String> attributes, @ForAll byte[] body) {
    var all = new HashMap<>(attributes);
    all.put("specversion", "1.0");
    Optional<String> contentType = Optional.ofNullable(attributes.get("datacontenttype"));
    all.remove("datacontenttype");

    assertJudged(new Message(body, Optional.empty(), contentType, all));
  }
}

package dev.sluice.format.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.event.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What templates make of events.
final class WebhookTemplateTest {

  private static final String PAYLOAD =
      """
      {"id":"A-7","amount":0.10,"huge":1e400,"long":123456789012345678901234567890,"paid":true,\
      "note":null,"items":[{"sku":"x"},{"sku":"y","tags":["a","b"]}],"empty":{},\
      "twice":{"a":1},"twice":{"b":2},"dup":{"a":1,"a":2},"text":"say \\"hi\\"\\n","0":"zero"}\
      """;

  private static String unrenderable(String template, Event event) {
    return switch (Samples.result(template, event)) {
      case BodyResult.Unrenderable(String reason) -> reason;
      case BodyResult.Rendered(WebhookBody body) -> throw new AssertionError(Samples.text(body));
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{type}                   | `order.paid`",
        "{event_id}               | `evt-1`",
        "{occurred_at}            | `2026-11-28T09:30:00.000Z`",
        "{received_at}            | `2026-11-28T09:30:00.125Z`",
        "{source}                 | `/shop`",
        "{subject}                | `order-7`",
        "{key}                    | `customer-3`",
        "{traceparent}            | `00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01`",
        "{tracestate}             | `vendor=1`",
        "{replay_of}              | `evt-0`",
        "{priority}               | 7",
        "{extensions.region}      | `eu`",
        "{extensions.priority}    | 5",
        "{extensions.urgent}      | true",
        "{subscription}           | `billing`",
        "{attempt}                | 3",
        "{payload.id}             | `A-7`",
        "{payload.amount}         | 0.10",
        "{payload.huge}           | 1e400",
        "{payload.long}           | 123456789012345678901234567890",
        "{payload.paid}           | true",
        "{payload.note}           | null",
        "{payload.empty}          | {}",
        "{payload.items.0.sku}    | `x`",
        "{payload.items.1.tags}   | [`a`,`b`]",
        "{payload.items.1.tags.1} | `b`",
        "{payload.dup}            | {`a`:1,`a`:2}",
        "{payload.dup.a}          | 2",
        "{payload.twice.b}        | 2",
        "{payload.0}              | `zero`",
        "{payload.text}           | `say \\`hi\\`\\n`"
      })
  void wholePlaceholder_keepsTheValue(String placeholder, String value) {
    assertThat(Samples.render("{\"v\": \"" + placeholder + "\"}", Samples.full(PAYLOAD)))
        .isEqualTo("{\"v\":" + value.replace('`', '"') + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "Order {payload.id} paid: {payload.amount} EUR | Order A-7 paid: 0.10 EUR",
        "{payload.id}{payload.id}                      | A-7A-7",
        "n={payload.huge} {payload.paid} {payload.note}| n=1e400 true null",
        "tags {payload.items.1.tags}                   | tags [\\`a\\`,\\`b\\`]",
        "he said: {payload.text}                       | he said: say \\`hi\\`\\n",
        "{{payload.id}} is {payload.id}                | {payload.id} is A-7",
        "{{{payload.id}}}                              | {A-7}",
        "{{}}                                          | {}",
        "}}{{                                          | }{"
      })
  void placeholderInText_becomesText(String text, String value) {
    assertThat(Samples.render("{\"v\":\"" + text + "\"}", Samples.full(PAYLOAD)))
        .isEqualTo("{\"v\":\"" + value.replace('`', '"') + "\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{payload.x}          | payload.x",
        "{payload.items.2}    | payload.items.2",
        "{payload.items.00}   | payload.items.00",
        "{payload.items.-1}   | payload.items.-1",
        "{payload.items.sku}  | payload.items.sku",
        "{payload.id.x}       | payload.id.x",
        "{payload.note.x}     | payload.note.x",
        "{payload.twice.a}    | payload.twice.a",
        "{source}             | source",
        "{extensions.none}    | extensions.none",
        "in text {payload.x}. | payload.x"
      })
  void valueThatIsMissing_isAReason(String text, String path) {
    assertThat(unrenderable("{\"v\":\"" + text + "\"}", Samples.event(PAYLOAD)))
        .isEqualTo(
            "the template names %s, which the event does not have: give a default, such as {%s|none}"
                .formatted(path, path));
  }

  @Test
  void extensionUnderTheNameOfAnAttribute_isMissing() {
    assertThat(unrenderable("{\"v\":\"{extensions.source}\"}", Samples.full("1")))
        .contains("names extensions.source");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '/',
      quoteCharacter = '^',
      value = {
        "{payload.x|none}        / `none`",
        "{payload.x|}            / ``",
        "{payload.note|none}     / `none`",
        "{payload.id|none}       / `A-7`",
        "{payload.x|a|b}         / `a|b`",
        "{payload.x|0}           / `0`",
        "{payload.x|say \\`hi\\`}/ `say \\`hi\\``",
        "to {source|nobody}.     / `to nobody.`"
      })
  void default_standsForWhatIsMissing(String text, String value) {
    String template = ("{`v`:`" + text + "`}").replace('`', '"');

    assertThat(Samples.render(template, Samples.event(PAYLOAD)))
        .isEqualTo("{\"v\":" + value.replace('`', '"') + "}");
  }

  @Test
  void event_isTheStandardBody() throws IOException {
    Event event = Samples.full(PAYLOAD);
    String standard = new String(StandardBody.json(event), StandardCharsets.UTF_8);

    assertThat(Samples.render("{\"event\":\"{event}\"}", event))
        .isEqualTo("{\"event\":" + standard + "}");
    assertThat(
            Samples.json(Samples.render("{\"text\":\"got {event}\"}", event)).get("text").asText())
        .isEqualTo("got " + standard);
  }

  @Test
  void wholePayload_isPutInOfAnyType() {
    assertThat(Samples.render("{\"a\":[\"{payload}\",1.0]}", Samples.event("[1, 2]")))
        .isEqualTo("{\"a\":[[1, 2],1.0]}");
    assertThat(Samples.render("{\"a\":\"{payload}\"}", Samples.event("\"x\"")))
        .isEqualTo("{\"a\":\"x\"}");
    assertThat(Samples.render("{\"a\":\"{payload.0}\"}", Samples.event("[7]")))
        .isEqualTo("{\"a\":7}");
  }

  @Test
  void excerpt_isTheBeginningOfThePayload() throws IOException {
    String payload = "\"" + "x".repeat(298) + "😀\"";

    assertThat(
            Samples.json(Samples.render("[\"{excerpt}\"]", Samples.event(payload))).get(0).asText())
        .isEqualTo("\"" + "x".repeat(298) + "…");
    assertThat(Samples.render("[\"{excerpt}\"]", Samples.event("[\"a\"]")))
        .isEqualTo("[\"[\\\"a\\\"]\"]");
  }

  @Test
  void restOfTheTemplate_isKept() {
    assertThat(
            Samples.render(
                "{ \"a\" : [ 0.10 , 1e400, true, null, {}, [] ] , \"{type}\" : \"\\ud83d\\u2028\" }",
                Samples.event("1")))
        .isEqualTo("{\"a\":[0.10,1e400,true,null,{},[]],\"{type}\":\"\\ud83d\\u2028\"}");
  }

  /// What is put in is never read as a part of the template.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type}",
        "{payload.text}",
        "{{",
        "}}",
        "{",
        "}",
        "\"",
        "\\",
        "\",\"admin\":true,\"x\":\"",
        "a\nb\r\t\u0000\u001f",
        "\u2028\u2029",
        "😀 \uD83D\uDE00",
        "\uFEFF",
        "</script>",
        "$& \\1 %s"
      })
  void hostileText_staysText(String text) throws IOException {
    Event event = Samples.event("{\"text\":" + JsonText.quoted(text) + "}");
    var body =
        Samples.json(
            Samples.render("{\"a\":\"{payload.text}\",\"b\":\"-{payload.text}-\"}", event));

    assertThat(body.size()).isEqualTo(2);
    assertThat(body.get("a").asText()).isEqualTo(text);
    assertThat(body.get("b").asText()).isEqualTo("-" + text + "-");
  }

  @Test
  void unpairedSurrogate_staysEscaped() {
    assertThat(
            Samples.render("[\"{payload}\",\"-{payload}-\"]", Samples.event("\"\\ud83d \\uDE00\"")))
        .isEqualTo("[\"\\ud83d \\uDE00\",\"-\\ud83d \\ude00-\"]");
  }

  @Property(tries = 500)
  void everyText_becomesValidJson(@ForAll String text) throws IOException {
    Event event = Samples.event("{\"text\":" + JsonText.quoted(text) + "}");
    var body = Samples.json(Samples.render("[\"{payload.text}\",\"-{payload.text}-\"]", event));

    assertThat(body.get(0).asText()).isEqualTo(readAgain(text));
    assertThat(body.get(1).asText()).isEqualTo("-" + readAgain(text) + "-");
  }

  private static String readAgain(String text) throws IOException {
    return Samples.json(JsonText.quoted(text)).asText();
  }

  @Test
  void resultThatIsTooLong_isRefusedAtOnce() {
    String hundred =
        Stream.generate(() -> "\"{payload}\"").limit(100).collect(Collectors.joining(","));
    Event event = Samples.event("\"" + "x".repeat(1 << 20) + "\"");

    String reason =
        "the body would be longer than 65536 bytes: name smaller parts of the event in the template";
    assertThat(unrenderable("[" + hundred + "]", event)).isEqualTo(reason);
    assertThat(unrenderable("[\"-{payload}\"]", event)).isEqualTo(reason);
    assertThat(unrenderable("[\"{event}\"]", event)).isEqualTo(reason);
  }

  @Test
  void limit_countsBytes() {
    String template = "[\"{payload}\"]";

    assertThat(Samples.render(template, ofLength(65_532, "x"))).hasSize(65_536);
    assertThat(unrenderable(template, ofLength(65_533, "x"))).contains("65536 bytes");
    assertThat(Samples.render(template, ofLength(65_532 / 3, "€"))).hasSize(65_532 / 3 + 4);
    assertThat(unrenderable(template, ofLength(65_532 / 3 + 1, "€"))).contains("65536 bytes");
    assertThat(Samples.render(template, ofLength(65_532 / 4, "😀"))).hasSize(65_532 / 2 + 4);
    assertThat(unrenderable("[\"-{payload}\"]", ofLength(32_766, "\\\""))).contains("65536 bytes");
  }

  private static Event ofLength(int count, String text) {
    return Samples.event("\"" + text.repeat(count) + "\"");
  }

  @Test
  void templateThatCannotBeUsed_isAReason() {
    assertThat(unrenderable("{\"a\":[\"{payloda}\"]}", Samples.event("1")))
        .startsWith("the template cannot be used: /a/0 has {payloda}, which is not part of an");
    assertThat(unrenderable("{", Samples.event("1"))).contains("must be JSON");
  }
}

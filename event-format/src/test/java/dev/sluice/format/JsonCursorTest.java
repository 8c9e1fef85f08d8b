package dev.sluice.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.sluice.contract.RandomJson;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Checks strictness by comparison with Jackson.
final class JsonCursorTest {

  private static final JsonFactory JACKSON = new JsonFactory();

  private static String raw(String text) {
    JsonCursor json = JsonCursor.document(text.getBytes(UTF_8));
    String raw = json.raw();
    json.requireEnd();
    return raw;
  }

  private static boolean isRead(byte[] text) {
    try {
      JsonCursor json = JsonCursor.document(text);
      json.skip();
      json.requireEnd();
      return true;
    } catch (MalformedJsonException e) {
      return false;
    }
  }

  private static boolean jacksonReads(byte[] text) {
    try (JsonParser parser = JACKSON.createParser(text)) {
      parser.nextToken();
      parser.finishToken();
      parser.skipChildren();
      return parser.currentToken() != null && parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  @Property(tries = 1_000)
  void anyDocument_isReadAsJacksonReadsIt(@ForAll long seed) {
    byte[] text = new RandomJson(seed).document().getBytes(UTF_8);

    assertThat(isRead(text)).isTrue();
    assertThat(jacksonReads(text)).isTrue();
  }

  @Property(tries = 3_000)
  void brokenDocument_isJudgedAsJacksonJudgesIt(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 10_000) int place,
      @ForAll @IntRange(min = 9, max = 126) int replacement) {
    byte[] text = new RandomJson(seed).document().getBytes(UTF_8);
    int at = place % text.length;
    text[at] = (byte) replacement;
    byte[] broken = place % 3 == 0 ? Arrays.copyOf(text, at + 1) : text;

    // A text that is no longer UTF-8 is rejected before it is parsed.
    if (broken[0] > 0 && Json.isValid(broken)) {
      assertThat(isRead(broken)).as(new String(broken, UTF_8)).isEqualTo(jacksonReads(broken));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":2}",
        "{\"\\udfaa\":0}",
        "\"\\udfaa\"",
        "{\"\":{}}",
        "[1e99999999999, -0, 1E+2]",
        "[ [ ] , { } ]",
        "\"\\u0000\""
      })
  void anyValue_isKeptToTheLetter(String text) {
    assertThat(raw(" " + text + "\n")).isEqualTo(text);
  }

  @Test
  void nameOfAnyLength_isKept() {
    String text = "{\"" + "n".repeat(100_000) + "\":1}";

    assertThat(raw(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "plain"                  | plain
          "\\u00e9 \\"\\\\\\/ é"   | é "\\/ é
          "\\ud83d\\ude00"         | 😀
          """)
  void string_isDecoded(String text, String value) {
    assertThat(JsonCursor.document(text.getBytes(UTF_8)).string()).isEqualTo(value);
  }

  @Test
  void everyEscape_isDecoded() {
    String text = "\"\\b\\f\\n\\r\\t\\udfaa\\\"\"";

    assertThat(JsonCursor.document(text.getBytes(UTF_8)).string()).isEqualTo("\b\f\n\r\t\udfaa\"");
  }

  @Test
  void nesting_isBounded() {
    assertThat(isRead(("[".repeat(64) + "]".repeat(64)).getBytes(UTF_8))).isTrue();
    assertThat(isRead(("[".repeat(65) + "]".repeat(65)).getBytes(UTF_8))).isFalse();
    assertThat(isRead("[".repeat(1_000_000).getBytes(UTF_8))).isFalse();
  }

  @Test
  void number_isBounded() {
    assertThat(isRead(("-" + "9".repeat(500)).getBytes(UTF_8))).isTrue();
    assertThat(isRead("9".repeat(501).getBytes(UTF_8))).isFalse();
    assertThat(isRead(("0." + "9".repeat(500)).getBytes(UTF_8))).isFalse();
  }

  @Test
  void fault_isNamedWithItsPlaceAndOneCharacterOfTheText() {
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> raw("{\"secret\":\n secret}"))
        .withMessage("expected a value but found 's' at line 2, column 2");
  }

  @Test
  void membersAndElements_areFoundOneByOne() {
    JsonCursor json = JsonCursor.document(" {\"a\" : [1, 2] , \"b\":{}} ".getBytes(UTF_8));

    json.beginObject();
    assertThat(json.nextName()).isEqualTo("a");
    json.beginArray();
    assertThat(json.nextElement()).isTrue();
    assertThat(json.raw()).isEqualTo("1");
    assertThat(json.nextElement()).isTrue();
    assertThat(json.raw()).isEqualTo("2");
    assertThat(json.nextElement()).isFalse();
    assertThat(json.nextName()).isEqualTo("b");
    assertThat(json.kind()).isEqualTo(JsonCursor.Kind.OBJECT);
    json.skip();
    assertThat(json.nextName()).isNull();
    json.requireEnd();
  }

  @Test
  void placeOfAFault_isFoundInEveryCase() {
    for (String text :
        List.of("[", "[1", "[1,", "{\"a\"", "{\"a\":", "\"", "\"\\", "-", "1.", "1e")) {
      assertThat(isRead(text.getBytes(UTF_8))).as(text).isFalse();
    }
  }
}

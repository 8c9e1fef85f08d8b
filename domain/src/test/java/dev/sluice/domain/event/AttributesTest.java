package dev.sluice.domain.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Attributes of other programs are kept, within one bound for all of them.
final class AttributesTest {

  @ParameterizedTest
  @ValueSource(strings = {"source", "subject", "traceparent", "tracestate", "dataschema", "ext"})
  void longText_isKept(String name) {
    String text = "x".repeat(8_000);

    assertThat(Attributes.problemWith(name, text)).isEmpty();
    assertThat(new Attributes(Map.of(name, text)).values()).containsEntry(name, text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void emptyExtension_isKept(String text) {
    assertThat(Attributes.problemWith("ext", text)).isEmpty();
    assertThat(new Attributes(Map.of("ext", text)).values()).containsEntry("ext", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"source", "subject", "traceparent", "key"})
  void blankNamedAttribute_isRefused(String name) {
    assertThat(Attributes.problemWith(name, " ")).contains("must not be blank");
  }

  @Test
  void attributesTogether_areBounded() {
    String half = "x".repeat(Attributes.MAX_CHARACTERS / 2 - 1);

    assertThat(new Attributes(Map.of("a", half, "b", half)).values()).hasSize(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Attributes(Map.of("a", half, "b", half + "x")))
        .withMessageContaining("at most 16384 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false", "0", "-1", "2147483647"})
  void integerOrBoolean_isUnquoted(String value) {
    assertThat(new Attributes(Map.of("a", value), Set.of("a")).unquoted()).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "01", "1.0", "1e3", "TRUE", "null", "\"", "1,\"b\":2"})
  void otherText_cannotBeUnquoted(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Attributes(Map.of("a", value), Set.of("a")));
  }

  @Test
  void with_keepsTheRest() {
    var attributes = new Attributes(Map.of("a", "1"), Set.of("a")).with("b", "2");

    assertThat(attributes).isEqualTo(new Attributes(Map.of("a", "1", "b", "2"), Set.of("a")));
  }
}

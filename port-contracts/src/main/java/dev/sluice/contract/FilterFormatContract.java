package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.event.Payload;
import dev.sluice.domain.filter.FieldPaths;
import dev.sluice.domain.filter.FilterFormat;
import dev.sluice.domain.filter.FilterResult;
import dev.sluice.domain.filter.JsonValue;
import dev.sluice.domain.filter.JsonValue.Elements;
import dev.sluice.domain.filter.JsonValue.Literal;
import dev.sluice.domain.filter.JsonValue.Members;
import dev.sluice.domain.filter.JsonValue.Text;
import dev.sluice.domain.filter.Numeric;
import dev.sluice.domain.subscription.EventPattern;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The promises of [FilterFormat].
public interface FilterFormatContract {

  FilterFormat format();

  @Test
  default void pattern_isRead() {
    FilterResult read = format().filter(new EventPattern("{\"payload\":{\"a\":[{\"b\":[1]}]}}"));
    assertThat(read).isInstanceOf(FilterResult.Refused.class);

    read = format().filter(new EventPattern("{\"payload\":{\"a\":{\"b\":[1]}},\"key\":[\"k\"]}"));
    assertThat(read)
        .isInstanceOfSatisfying(
            FilterResult.Understood.class,
            understood ->
                assertThat(understood.filter().paths())
                    .containsExactlyInAnyOrder(List.of("payload", "a", "b"), List.of("key")));
  }

  /// Another version of the service may have stored anything.
  @Test
  default void otherText_isRefusedWithAReason() {
    for (String text :
        List.of("x", "{", "{}", "[]", "\uD800", "{\"newer\":[1]}", "[".repeat(4_000))) {
      assertThat(format().filter(new EventPattern(text)))
          .isInstanceOfSatisfying(
              FilterResult.Refused.class, refused -> assertThat(refused.reason()).isNotBlank());
    }
  }

  @Test
  default void onlyWantedFields_areRead() {
    assertThat(read("{\"a\":1,\"b\":{\"c\":\"x\",\"d\":2},\"e\":[1]}", "a", "b.c"))
        .isEqualTo(
            new Members(
                Map.of("a", Numeric.of("1"), "b", new Members(Map.of("c", new Text("x"))))));
    assertThat(read("{\"b\":1}", "a")).isEqualTo(JsonValue.NOTHING);
  }

  @Test
  default void lists_keepTheirElements() {
    assertThat(read("{\"a\":[{\"b\":true},[null,{\"b\":\"x\"}],{\"c\":1}]}", "a.b"))
        .isEqualTo(
            new Members(
                Map.of(
                    "a",
                    new Elements(
                        List.of(
                            new Members(Map.of("b", Literal.TRUE)),
                            new Elements(List.of(new Members(Map.of("b", new Text("x"))))))))));
  }

  @Test
  default void lastMemberOfAName_counts() {
    assertThat(read("{\"a\":1,\"a\":\"x\"}", "a"))
        .isEqualTo(new Members(Map.of("a", new Text("x"))));
    assertThat(read("{\"a\":1,\"a\":{}}", "a"))
        .isEqualTo(new Members(Map.of("a", JsonValue.NOTHING)));
  }

  @Test
  default void escapes_areResolved() {
    assertThat(read("{\"\\u0061\":\"\\u00e4\\n\\\\\\\"\\/\",\"x\\\"y\":1}", "a"))
        .isEqualTo(new Members(Map.of("a", new Text("ä\n\\\"/"))));
  }

  @Test
  default void payloadItself_canBeTheField() {
    assertThat(
            format()
                .payload(new Payload("\"x\""), FieldPaths.of(List.of(List.<String>of()).stream())))
        .isEqualTo(new Text("x"));
  }

  @Test
  default void textThatIsNoJson_hasNoFields() {
    for (String text :
        List.of(
            "{",
            "{\"a\":",
            "{\"a\":1",
            "{\"a\" 1}",
            "[1,",
            "\"",
            "{\"a\":\"\\u00",
            "}",
            "{\"a\":-}")) {
      assertThat(read(text, "a")).as(text).isEqualTo(JsonValue.NOTHING);
    }
  }

  /// Neither may cost stack or time.
  @Test
  default void deepAndLongValues_areSkipped() {
    String deep = "[".repeat(500_000) + "]".repeat(500_000);
    String escapes = "\"" + "\\\\".repeat(500_000) + "\"";

    assertThat(read("{\"x\":" + deep + ",\"y\":" + escapes + ",\"a\":1}", "a"))
        .isEqualTo(new Members(Map.of("a", Numeric.of("1"))));
    assertThat(read("{\"a\":" + deep + "}", "a")).isEqualTo(JsonValue.NOTHING);
  }

  private JsonValue read(String payload, String... paths) {
    return format()
        .payload(
            new Payload(payload),
            FieldPaths.of(Arrays.stream(paths).map(path -> List.of(path.split("\\.", -1)))));
  }
}

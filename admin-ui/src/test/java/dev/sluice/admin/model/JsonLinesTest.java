package dev.sluice.admin.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class JsonLinesTest {

  private static String drawn(JsonLines json) {
    return json.lines().stream()
        .map(
            line ->
                " ".repeat(line.depth())
                    + (line.name().isEmpty() ? "" : line.name() + "=")
                    + line.value())
        .collect(Collectors.joining("|"));
  }

  @Test
  void values_areLinesByTheirDepth() {
    JsonLines json =
        JsonLines.of("{\"a\":[1,{\"b\":null}],\"c\":\"x\\n\\\"y\",\"d\":12.50,\"e\":{}}");

    assertThat(drawn(json))
        .isEqualTo(
            "{| \"a\"=[|  1|  {|   \"b\"=null|  }| ]| \"c\"=\"x\\n\\\"y\"| \"d\"=12.50| \"e\"={| }|}");
    assertThat(json.fault()).isEmpty();
    assertThat(json.lines().get(1).end()).isEqualTo(6);
    assertThat(json.lines().get(1).inside()).isEqualTo(2);
    assertThat(json.lines().getFirst().inside()).isEqualTo(4);
  }

  @Test
  void brokenText_isShownUpToItsFault() {
    JsonLines json = JsonLines.of("{\"a\": 1, \"b\": oops}");

    assertThat(drawn(json)).isEqualTo("{| \"a\"=1");
    assertThat(json.fault()).contains("oops");
  }

  @Test
  void aMegabyte_isTakenApart() {
    String text =
        IntStream.range(0, 60_000)
            .mapToObj(number -> "{\"n\":" + number + "}")
            .collect(Collectors.joining(",", "[", "]"));

    assertThat(JsonLines.of(text).lines()).hasSize(60_000 * 3 + 2);
  }

  @Test
  void longValue_isCutInTheTree() {
    JsonLines json = JsonLines.of("\"" + "x".repeat(50_000) + "\"");

    assertThat(json.lines().getFirst().value()).hasSizeLessThan(2_100).endsWith("characters");
  }

  @Test
  void rawText_isCutIntoBoundedPieces_andLosesNothing() {
    String text = "a".repeat(1_000) + "\n\nb";

    assertThat(JsonLines.raw(text, 160))
        .allSatisfy(piece -> assertThat(piece).hasSizeLessThanOrEqualTo(160));
    assertThat(String.join("", JsonLines.raw(text, 160))).isEqualTo(text.replace("\n", ""));
    assertThat(JsonLines.raw(text, 160)).hasSize(9);
  }
}

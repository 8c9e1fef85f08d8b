package dev.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.contract.ContentDigestsContract;
import dev.sluice.contract.Events;
import dev.sluice.domain.event.ContentDigest;
import dev.sluice.domain.port.ContentDigests;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonContentDigestsTest implements ContentDigestsContract {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private static final Comparator<JsonNode> BY_VALUE =
      (one, other) -> {
        if (one.isNumber() && other.isNumber()) {
          return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
      };

  private static final String[] SPELLINGS = {
    "0",
    "-0",
    "0.0",
    "1",
    "1.0",
    "10e-1",
    "-1",
    "10",
    "1e1",
    "100",
    "0.01",
    "1E-2",
    "120",
    "1.2e2",
    "12e+01",
    "\"\"",
    "\"1\"",
    "\"a\"",
    "\"\\u0061\"",
    "\"\\/\"",
    "\"/\"",
    "true",
    "false",
    "null"
  };

  @Override
  public ContentDigests digests() {
    return new JsonContentDigests();
  }

  private static ContentDigest of(String payload) {
    return new JsonContentDigests().of(Events.withPayload(Events.event("e-1"), payload));
  }

  /// Stored digests are compared with those of later versions.
  @Test
  void form_staysAsItIs() {
    assertThat(of("{\"b\":[1.50,\"\\u00e4\"],\"a\":null}").value())
        .isEqualTo("13XKBir_CRqEPKGbWWkiCDw");
  }

  @Test
  void digests_areEqualExactlyWhenTreesAre() {
    var random = new Random(14);
    for (int round = 0; round < 20_000; round++) {
      String one = value(random, 3);
      String other = random.nextBoolean() ? value(random, 3) : shuffled(one, random);

      assertThat(of(one).equals(of(other)))
          .as(one + " and " + other)
          .isEqualTo(tree(one).equals(BY_VALUE, tree(other)));
    }
  }

  private static JsonNode tree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }

  private static String value(Random random, int depth) {
    int kind = depth == 0 ? 9 : random.nextInt(10);
    if (kind < 2) {
      return IntStream.range(0, random.nextInt(4))
          .mapToObj(_ -> value(random, depth - 1))
          .collect(Collectors.joining(" ,", "[", "]"));
    }
    if (kind < 5) {
      List<String> names = new ArrayList<>(List.of("a", "b", "\\u0062b", "", "ä"));
      Collections.shuffle(names, random);
      return names.stream()
          .limit(random.nextInt(5))
          .map(name -> "\"" + name + "\": " + value(random, depth - 1))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return SPELLINGS[random.nextInt(SPELLINGS.length)];
  }

  /// Returns the same value with its members in another order, where that is easy.
  private static String shuffled(String json, Random random) {
    JsonNode tree = tree(json);
    if (!tree.isObject()) {
      return json + " ";
    }
    var members = new ArrayList<String>();
    tree.forEachEntry((name, value) -> members.add("\"" + name + "\":" + value));
    Collections.shuffle(members, random);
    return members.stream().collect(Collectors.joining(",", "{", "}"));
  }

  /// Longer values are hashed separately; their content still counts.
  @Test
  void longNestedValues_areToldApart() {
    String text = "x".repeat(100);

    assertThat(of("{\"b\":\"" + text + "\",\"a\":1}"))
        .isEqualTo(of("{\"a\":1,\"b\":\"" + text + "\"}"))
        .isNotEqualTo(of("{\"a\":1,\"b\":\"" + text + "y\"}"));
  }

  @Test
  void manyMembersInAnyOrder_areTheSame() {
    List<String> members =
        new ArrayList<>(IntStream.range(0, 20_000).mapToObj(i -> "\"m" + i + "\":" + i).toList());
    ContentDigest sorted = of("{" + String.join(",", members) + "}");
    Collections.shuffle(members, new Random(1));

    assertThat(of("{" + String.join(",", members) + "}")).isEqualTo(sorted);
  }

  @Test
  void deepNesting_isCompared() {
    String one = "{\"b\":1,\"a\":".repeat(64) + "0" + "}".repeat(64);
    String other = "{\"a\":".repeat(64) + "0" + ",\"b\":1}".repeat(64);

    assertThat(of(one)).isEqualTo(of(other));
  }

  @Test
  void longText_isCompared() {
    String text = "\"" + "x".repeat(21_000_000);

    assertThat(of(text + "\"")).isNotEqualTo(of(text + "y\""));
    assertThat(of(text + "/\"")).isEqualTo(of(text + "\\/\""));
  }

  @Test
  void longName_isCompared() {
    String name = "{\"" + "n".repeat(100_000);

    assertThat(of(name + "\":1}")).isEqualTo(of(name + "\": 1.0}"));
    assertThat(of(name + "\":1}")).isNotEqualTo(of(name + "n\":1}"));
  }

  @Test
  void nameWithAnUnpairedSurrogate_isCompared() {
    assertThat(of("{\"\\udfaa\":0}")).isEqualTo(of("{ \"\\uDFAA\":0}"));
    assertThat(of("{\"\\udfaa\":0}")).isNotEqualTo(of("{\"\\udfab\":0}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{", "[1", "\"a", "\"\\", "\"\\u12", "tru", "{\"a\"", "1 2", "x", "[1 2]"})
  void whatIsNoJson_isRefusedAndNotReadForEver(String text) {
    assertThatThrownBy(() -> of(text)).isInstanceOf(IllegalArgumentException.class);
  }
}

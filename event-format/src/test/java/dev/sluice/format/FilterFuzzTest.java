package dev.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.RandomJson;
import dev.sluice.domain.filter.Filter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// No pattern and no payload makes reading or matching throw, or go on for long.
final class FilterFuzzTest {

  private static final int CASES = 20_000;

  private final Random random = new Random(16);

  private static void read(String pattern, String payload) {
    switch (PatternReader.read(pattern)) {
      case ReadFilter.Valid(Filter filter) -> match(filter, payload);
      case ReadFilter.Invalid(var problems) ->
          assertThat(problems).isNotEmpty().allSatisfy(it -> assertThat(it.detail()).isNotBlank());
    }
  }

  private static void match(Filter filter, String payload) {
    var event = SampleEvent.of(payload, filter);
    assertThat(filter.mismatch(event).isEmpty()).isEqualTo(filter.matches(event));
  }

  @Test
  void randomBytes_areHarmless() {
    for (int round = 0; round < CASES; round++) {
      byte[] bytes = new byte[1 + random.nextInt(60)];
      random.nextBytes(bytes);
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      read(text, text);
      read("{\"payload\":{\"a\":[1]}}", text);
    }
  }

  /// Patterns and payloads that are nearly right come farther than random ones.
  @Test
  void damagedPatternsAndPayloads_areHarmless() {
    var cases = new RandomFilterCases(17);
    for (int round = 0; round < CASES; round++) {
      RandomFilterCases.Case next = cases.next();
      read(damaged(next.pattern()), next.payloads().getFirst());
      read(next.pattern(), damaged(next.payloads().getFirst()));
    }
  }

  private String damaged(String text) {
    var damaged = new StringBuilder(text);
    for (int times = random.nextInt(3); times >= 0; times--) {
      int at = random.nextInt(damaged.length());
      switch (random.nextInt(3)) {
        case 0 -> damaged.deleteCharAt(at).append(' ');
        case 1 -> damaged.setCharAt(at, "{}[]\",:\\u0e-*\uD800".charAt(random.nextInt(14)));
        default -> damaged.insert(at, damaged.substring(at, Math.min(at + 5, damaged.length())));
      }
    }
    return damaged.toString();
  }

  /// Each of these takes some algorithm forever, or its stack. All together take this one a few
  /// seconds; the limit is only for what does not end.
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void hostileFilters_areDecidedSoon() {
    List<String> payloads = new ArrayList<>();
    payloads.add("{\"a\":\"" + "a".repeat(250_000) + "\"}");
    payloads.add("{\"a\":[" + "1,".repeat(100_000) + "1]}");
    payloads.add("{\"a\":[" + "{\"b\":1,\"c\":[{\"d\":1}]},".repeat(10_000) + "{}]}");
    payloads.add("{\"a\":" + "[".repeat(60) + "{\"b\":1}" + "]".repeat(60) + "}");
    payloads.add("{" + "\"a\":{\"b\":1},".repeat(20_000) + "\"a\":2}");
    for (String pattern : hostilePatterns()) {
      payloads.forEach(payload -> read("{\"payload\":" + pattern + "}", payload));
    }
  }

  private static List<String> hostilePatterns() {
    String wildcards = "{\"wildcard\":\"" + "*a".repeat(20) + "*b\"},";
    String pair = "{\"b\":[2]},{\"c\":{\"d\":[2]}}";
    return List.of(
        "{\"a\":[" + wildcards.repeat(50) + "{\"exists\":false}]}",
        "{\"a\":{\"b\":[1],\"c\":{\"d\":[2]}}}",
        "{\"a\":{\"b\":[{\"exists\":false}],\"c\":{\"d\":[{\"exists\":false}]},\"z\":[1]}}",
        "{\"a\":{\"$or\":[" + (pair + ",").repeat(30) + "{\"x\":[1]}]}}",
        "{\"a\":[{\"anything-but\":{\"prefix\":[\"x\"" + ",\"aaaa\"".repeat(60) + "]}}]}");
  }

  @Test
  void randomPayloads_areHarmless() {
    Filter filter =
        SampleEvent.filter("{\"payload\":{\"a\":[1],\"b\":{\"a\":[{\"exists\":false}]}}}");
    var payloads = new RandomJson(18);
    for (int round = 0; round < CASES; round++) {
      match(filter, payloads.value());
    }
  }
}

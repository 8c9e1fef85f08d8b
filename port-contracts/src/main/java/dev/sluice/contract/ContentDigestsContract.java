package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.ContentDigest;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.port.ContentDigests;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The promises of [ContentDigests].
public interface ContentDigestsContract {

  ContentDigests digests();

  @Test
  default void spelling_doesNotMatter() {
    for (List<String> pair :
        List.of(
            List.of("{\"a\":1,\"b\":[true,null]}", "{ \"b\" : [ true , null ] , \"a\" : 1 }"),
            List.of("\"\\u00e4\"", "\"ä\""),
            List.of("{\"\\u0061\":1}", "{\"a\":1}"),
            List.of("\"\\ud83d\\ude00\\/\"", "\"\uD83D\uDE00/\""),
            List.of("1.0", "1"),
            List.of("1e2", "100"),
            List.of("0.001", "1E-3"),
            List.of("-0", "0.0e7"),
            List.of("{\"a\":{\"x\":1.50}}", "{\"a\":{\"x\":15e-1}}"))) {
      assertThat(of(pair.getFirst())).as(pair.toString()).isEqualTo(of(pair.getLast()));
    }
  }

  @Test
  default void meaning_matters() {
    for (List<String> pair :
        List.of(
            List.of("1", "2"),
            List.of("1", "-1"),
            List.of("1", "10"),
            List.of("1", "\"1\""),
            List.of("null", "\"\""),
            List.of("[1,2]", "[2,1]"),
            List.of("[12]", "[1,2]"),
            List.of("[[1],2]", "[[1,2]]"),
            List.of("{\"a\":null}", "{}"),
            List.of("{\"a\":{\"b\":1}}", "{\"a\":{},\"b\":1}"),
            List.of("\"\\ud800\"", "\"?\""),
            List.of("12345678901234567890", "12345678901234567891"),
            List.of("0.1", "0.10000000000000000001"))) {
      assertThat(of(pair.getFirst())).as(pair.toString()).isNotEqualTo(of(pair.getLast()));
    }
  }

  /// A number such as 1e999999999 must not cost time or memory.
  @Test
  default void hugeExponents_areCheap() {
    assertThat(of("1e999999999")).isEqualTo(of("10e999999998"));
    assertThat(of("1e999999999")).isNotEqualTo(of("1"));
    assertThat(of("1e99999999999")).isEqualTo(of("0.1e100000000000"));
    assertThat(of("1e99999999999")).isNotEqualTo(of("1e-99999999999"));
    assertThat(of("1e" + "9".repeat(500_000))).isNotEqualTo(of("1e" + "9".repeat(500_001)));
  }

  @Test
  default void repeatedName_standsForTheListOfItsValues() {
    assertThat(of("{\"a\":1,\"b\":2,\"a\":3}")).isEqualTo(of("{\"b\":2,\"a\":1,\"a\":3}"));
    assertThat(of("{\"a\":1,\"a\":3}")).isNotEqualTo(of("{\"a\":3,\"a\":1}"));
    assertThat(of("{\"a\":1,\"a\":3}")).isNotEqualTo(of("{\"a\":3}"));
    assertThat(of("{\"a\":1,\"a\":3}")).isNotEqualTo(of("{\"a\":[1,3]}"));
  }

  @Test
  default void typeAndSource_matter() {
    ContentDigest plain = digest("e-1", "t", Attributes.NONE);

    assertThat(digest("e-1", "u", Attributes.NONE)).isNotEqualTo(plain);
    assertThat(digest("e-1", "t", new Attributes(Map.of(Attributes.SOURCE, "s"))))
        .isNotEqualTo(plain)
        .isNotEqualTo(digest("e-1", "ts", Attributes.NONE));
  }

  @Test
  default void everythingElse_doesNotMatter() {
    assertThat(digest("e-2", "t", new Attributes(Map.of(Attributes.SUBJECT, "s"))))
        .isEqualTo(digest("e-1", "t", Attributes.NONE));
  }

  private ContentDigest of(String payload) {
    return digests().of(Events.withPayload(Events.event("e-1"), payload));
  }

  private ContentDigest digest(String id, String type, Attributes attributes) {
    return digests()
        .of(
            new Event(
                new EventId(id),
                new EventType(type),
                Instant.EPOCH,
                Instant.EPOCH,
                Events.event("e-1").payload(),
                attributes));
  }
}

package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.event.Payload;
import dev.sluice.domain.port.PayloadEquality;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The promises of [PayloadEquality].
public interface PayloadEqualityContract {

  PayloadEquality equality();

  @Test
  default void spelling_doesNotMatter() {
    for (List<String> pair :
        List.of(
            List.of("{\"a\":1,\"b\":[true,null]}", "{ \"b\" : [ true , null ] , \"a\" : 1 }"),
            List.of("\"\\u00e4\"", "\"ä\""),
            List.of("1.0", "1"),
            List.of("1e2", "100"),
            List.of("{\"a\":{\"x\":1.50}}", "{\"a\":{\"x\":15e-1}}"))) {
      assertThat(isSame(pair.getFirst(), pair.getLast())).as(pair.toString()).isTrue();
    }
  }

  @Test
  default void meaning_matters() {
    for (List<String> pair :
        List.of(
            List.of("1", "2"),
            List.of("1", "\"1\""),
            List.of("[1,2]", "[2,1]"),
            List.of("{\"a\":null}", "{}"),
            List.of("12345678901234567890", "12345678901234567891"),
            List.of("0.1", "0.10000000000000000001"))) {
      assertThat(isSame(pair.getFirst(), pair.getLast())).as(pair.toString()).isFalse();
    }
  }

  /// A number such as 1e999999999 must cost no time and no memory.
  @Test
  default void hugeExponents_areCheap() {
    assertThat(isSame("1e999999999", "10e999999998")).isTrue();
    assertThat(isSame("1e999999999", "1")).isFalse();
  }

  private boolean isSame(String one, String other) {
    return equality().isSameValue(new Payload(one), new Payload(other));
  }
}

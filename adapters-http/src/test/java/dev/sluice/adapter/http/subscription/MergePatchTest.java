package dev.sluice.adapter.http.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.format.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MergePatchTest {

  private static String apply(String object, String patch) {
    return MergePatch.apply(object, patch.getBytes(StandardCharsets.UTF_8));
  }

  /// The examples of RFC 7396, appendix A, whose original and patch are objects.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":\"b\"}          | {\"a\":\"c\"}                   | {\"a\":\"c\"}",
        "{\"a\":\"b\"}          | {\"b\":\"c\"}                   | {\"a\":\"b\",\"b\":\"c\"}",
        "{\"a\":\"b\"}          | {\"a\":null}                    | {}",
        "{\"a\":\"b\",\"b\":\"c\"} | {\"a\":null}                 | {\"b\":\"c\"}",
        "{\"a\":[\"b\"]}        | {\"a\":\"c\"}                   | {\"a\":\"c\"}",
        "{\"a\":\"c\"}          | {\"a\":[\"b\"]}                 | {\"a\":[\"b\"]}",
        "{\"a\":{\"b\":\"c\"}}  | {\"a\":{\"b\":\"d\",\"c\":null}} | {\"a\":{\"b\":\"d\"}}",
        "{\"a\":[{\"b\":\"c\"}]} | {\"a\":[1]}                    | {\"a\":[1]}",
        "{}                     | {\"a\":{\"bb\":{\"ccc\":null}}} | {\"a\":{\"bb\":{}}}",
        "{\"a\":\"foo\"}        | {\"a\":{\"b\":null,\"c\":1}}    | {\"a\":{\"c\":1}}",
        "{\"e\":null}           | {\"a\":1}                       | {\"e\":null,\"a\":1}"
      })
  void patch_isMerged(String object, String patch, String result) {
    assertThat(apply(object, patch)).isEqualTo(result);
  }

  @Test
  void values_stayAsTheyWereWritten() {
    assertThat(apply("{\"a\": [ 1.50, \"\\u00e9\" ]}", "{\"b\" : 1e2}"))
        .isEqualTo("{\"a\":[ 1.50, \"\\u00e9\" ],\"b\":1e2}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "null", "{", "{} {}", "{\"a\":1,\"a\":2}", ""})
  void otherPatch_isRefused(String patch) {
    assertThatThrownBy(() -> apply("{}", patch)).isInstanceOf(MalformedJsonException.class);
  }
}

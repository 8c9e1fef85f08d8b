package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.format.ShownText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PercentDecoderTest {

  @ParameterizedTest
  @CsvSource({
    "plain,plain",
    "a%20b,a b",
    "a+b,a+b",
    "%c3%BC,ü",
    "%F0%9F%98%80,😀",
    "%EF%BF%BD,\uFFFD",
    "100%25,100%",
    "%2525,%25"
  })
  void text_isDecodedOnce(String sent, String text) {
    assertThat(PercentDecoder.decode(sent)).contains(text);
  }

  @Test
  void plusInAQuery_isASpace() {
    assertThat(PercentDecoder.decodeQuery("a+b%2Bc")).contains("a b+c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%",
        "%1",
        "%zz",
        "%-1",
        "%FF",
        "%C3",
        "%C0%AF",
        "%ED%A0%80",
        "%F4%90%80%80",
        "ü",
        "\uFFFD"
      })
  void otherText_isRefused(String sent) {
    assertThat(PercentDecoder.decode(sent)).isEmpty();
    assertThat(PercentDecoder.decodeQuery(sent)).isEmpty();
  }

  @Property(tries = 500)
  void anyText_comesBack(@ForAll String text) {
    String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);

    if (ShownText.isWhole(text)) {
      assertThat(PercentDecoder.decodeQuery(encoded)).contains(text);
      assertThat(PercentDecoder.decode(encoded.replace("+", "%20"))).contains(text);
    }
  }
}

package dev.sluice.format.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Attributes in headers, and sources as URI references.
final class PercentEncodingTest {

  @ParameterizedTest
  @MethodSource("values")
  void header_isEncodedAsTheBindingSays(String value, String header) {
    assertThat(PercentEncoding.ofHeader(value)).isEqualTo(header);
  }

  private static Stream<Arguments> values() {
    return Stream.of(
        arguments("order-7", "order-7"),
        arguments("", ""),
        arguments("a b", "a%20b"),
        arguments(" ", "%20"),
        arguments("say \"hi\"", "say%20%22hi%22"),
        arguments("100%", "100%25"),
        arguments("%41", "%2541"),
        arguments("Euro € 😀", "Euro%20%E2%82%AC%20%F0%9F%98%80"),
        arguments("!#$&'()*+,-./:;<=>?@[\\]^_`{|}~", "!#$&'()*+,-./:;<=>?@[\\]^_`{|}~"),
        arguments("\u007f\u0000\r\n", "%7F%00%0D%0A"),
        arguments("\u2028", "%E2%80%A8"));
  }

  @Property
  void header_isDecodedToTheSame(@ForAll String text) {
    String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    String header = PercentEncoding.ofHeader(whole);

    assertThat(header).matches("[!-~]*");
    assertThat(URLDecoder.decode(header.replace("+", "%2B"), StandardCharsets.UTF_8))
        .isEqualTo(whole);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "/shop             | /shop",
        "https://a.test/b?c=%20#d | https://a.test/b?c=%20#d",
        "urn:uuid:6e8bc430 | urn:uuid:6e8bc430",
        "shop              | shop",
        "my shop           | my%20shop",
        "/café             | /caf%C3%A9",
        "50%               | 50%25",
        "1:2               | 1%3A2",
        "a b:c             | a%20b%3Ac",
        "//                | %2F%2F",
        "a{b}<>\"          | a%7Bb%7D%3C%3E%22"
      })
  void source_isAUriReference(String source, String reference) {
    assertThat(UriReference.of(source.strip())).isEqualTo(reference);
  }

  @Property
  void everySource_becomesAUriReference(@ForAll String text) {
    assertThatCode(() -> URI.create(UriReference.of(text))).doesNotThrowAnyException();
    assertThat(UriReference.of(text)).matches("[!-~]*");
  }
}

package dev.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResponseCodecTest {

  private static Response response() {
    var headers = new LinkedHashMap<String, String>();
    headers.put("server", "nginx \"1\"");
    headers.put("content-type", "text/plain; charset=ü");
    return new Response(
        "https://a.example/ä?b=\"c\"",
        503,
        headers,
        "too busy\n\u0001😀",
        true,
        new Response.Times(
            Optional.of(Duration.ofNanos(1)),
            Optional.empty(),
            Optional.of(Duration.ofHours(1)),
            Optional.of(Duration.ZERO),
            Duration.ofSeconds(20, 7)));
  }

  @Test
  void response_comesBackEqual() {
    Response decoded = ResponseCodec.decode(ResponseCodec.encode(response())).orElseThrow();

    assertThat(decoded).isEqualTo(response());
    assertThat(decoded.headers().keySet()).containsExactly("server", "content-type");
  }

  @Test
  void membersOfALaterVersion_areIgnored() {
    String later =
        ResponseCodec.encode(response())
            .replaceFirst("\\{", "{\"x\":[{\"url\":1}],\"y\":{\"z\":null},\"w\":1.5,\"v\":null,\"");
    later = later.replaceFirst("\"\"url", "\"url");

    assertThat(ResponseCodec.decode(later)).contains(response());
  }

  @Test
  void membersThatAreMissing_haveTheirUsualValues() {
    var none = Optional.<Duration>empty();
    var times = new Response.Times(none, none, none, none, Duration.ZERO);

    assertThat(ResponseCodec.decode("{}"))
        .contains(new Response("", 0, new LinkedHashMap<>(), "", false, times));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "1",
        "{",
        "{\"url\":\"a\"",
        "{} {}",
        "{\"status\":99999999999999999999}"
      })
  void damagedText_isNoResponse(String text) {
    assertThat(ResponseCodec.decode(text)).isEmpty();
  }
}

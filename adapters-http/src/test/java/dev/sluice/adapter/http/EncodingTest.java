package dev.sluice.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.Eventually;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Compressed bodies and responses.
final class EncodingTest {

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    server.post("{\"event_id\":\"long\",\"payload\":\"" + "x".repeat(5_000) + "\"}").hasStatus(202);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Answer post(String type, String encoding, byte[] body) {
    return server.call(
        server
            .request("/events")
            .headers("Content-Type", type, "Content-Encoding", encoding)
            .POST(BodyPublishers.ofByteArray(body)));
  }

  private static byte[] gzip(String text) {
    return GunzipTest.gzip(text.getBytes(UTF_8));
  }

  private static HttpResponse<byte[]> get(String path, String accepted) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.uri(path).toString()))
            .header("Accept-Encoding", accepted)
            .timeout(TestServer.CLIENT_TIMEOUT)
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofByteArray());
    }
  }

  private static String unpacked(byte[] body) throws IOException {
    return new String(new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes(), UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "GZIP", "x-gzip"})
  void packedEvent_isTaken(String encoding) {
    post("application/json", encoding, gzip("{\"payload\":1}")).hasStatus(202);
  }

  @Test
  void identity_isTaken() {
    post("application/json", "identity", "{\"payload\":1}".getBytes(UTF_8)).hasStatus(202);
  }

  @Test
  void packedArrayAndStream_areTaken() {
    Answer array = post("application/json", "gzip", gzip("[{\"payload\":1},{\"payload\":2}]"));
    Answer stream = post("application/x-ndjson", "gzip", gzip("{\"payload\":1}\n".repeat(3_000)));

    assertThat(array.hasStatus(202).json().path("accepted").asInt()).isEqualTo(2);
    assertThat(stream.hasStatus(202).json().path("accepted").asInt()).isEqualTo(3_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "gzip, gzip", "deflate"})
  void otherEncodings_areRefused(String encoding) {
    Answer answer = post("application/json", encoding, gzip("{\"payload\":1}"));

    assertThat(answer.isProblem(415, "unsupported_media_type").header("Accept-Encoding"))
        .isEqualTo("gzip, identity");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/x-ndjson"})
  void bodyThatIsNotGzip_isRefused(String type) {
    post(type, "gzip", "{\"payload\":1}".getBytes(UTF_8)).isProblem(400, "bad_request");
  }

  /// Limits apply to the content, not to the compressed body.
  @Test
  void packedEventOverTheLimit_isRefused() {
    byte[] packed = gzip("{\"payload\":\"" + "x".repeat(2 << 20) + "\"}");

    post("application/json", "gzip", packed).isProblem(413, "payload_too_large");
  }

  @Test
  void longAnswers_arePackedForThoseWhoAsk() throws Exception {
    Eventually.holds("what is compared changes no more", EncodingTest::isAllProcessed);
    for (String path : new String[] {"/events", "/events/long", "/openapi.json"}) {
      HttpResponse<byte[]> plain = get(path, "identity");
      HttpResponse<byte[]> packed = get(path, "gzip");

      assertThat(plain.headers().firstValue("content-encoding")).as(path).isEmpty();
      assertThat(plain.headers().firstValue("vary")).as(path).hasValue("accept-encoding");
      assertThat(packed.headers().firstValue("content-encoding")).as(path).hasValue("gzip");
      assertThat(packed.headers().firstValue("vary")).as(path).hasValue("accept-encoding");
      assertThat(unpacked(packed.body())).as(path).isEqualTo(new String(plain.body(), UTF_8));
    }
  }

  private static boolean isAllProcessed() {
    String events = server.get("/events").body();
    return !events.contains("\"received\"") && !events.contains("\"processing\"");
  }

  @Test
  void shortAnswers_areNotPacked() throws Exception {
    assertThat(get("/health", "gzip").headers().firstValue("content-encoding")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip|true",
        "gzip, deflate, br|true",
        "*|true",
        "GZIP;q=0.5|true",
        "gzip;q=1.0, identity;q=0.5|true",
        "gzip;q=0|false",
        "*;q=0|false",
        "gzip;q=0, *|false",
        "gzip;q=0.1, identity|false",
        "gzip;q=nonsense|false",
        "gzip;q=2|false",
        "br|false",
        "identity|false",
        "''|false"
      })
  void acceptEncoding_isWeighed(String accepted, boolean isWanted) {
    assertThat(GzipAnswer.isWanted(accepted)).isEqualTo(isWanted);
  }
}

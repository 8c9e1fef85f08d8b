package dev.sluice.adapter.webhook.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReceiverAdapterTest {

  private static final String BODY = "{\"type\":\"order.paid\"}";
  private static final byte[] KEY = "a key of twenty-four byte".getBytes(UTF_8);
  private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(KEY);
  private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");

  @AutoClose private final HttpClient client = HttpClient.newHttpClient();
  @AutoClose private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final StringWriter printed = new StringWriter();

  private ReceiverAdapter receiver(ReceiverSettings settings) throws IOException {
    return ReceiverAdapter.start(
        settings, new PrintWriter(printed), new Random(1), InstantSource.fixed(NOW), threads);
  }

  private static ReceiverSettings settings(double failShare, int failStatus) {
    return new ReceiverSettings(
        "127.0.0.1", 0, List.of(SECRET), failShare, failStatus, Duration.ZERO, false);
  }

  private static ReceiverSettings unchecked(Duration delay, boolean showsHeaders) {
    return new ReceiverSettings("127.0.0.1", 0, List.of(), 0, 500, delay, showsHeaders);
  }

  /// A request that is signed by these few lines, not by the program's.
  private static HttpRequest signed(ReceiverAdapter receiver, String id, String body)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
    String content = id + "." + NOW.getEpochSecond() + "." + body;
    String signature = Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(UTF_8)));
    return request(receiver, body)
        .header("webhook-id", id)
        .header("webhook-timestamp", String.valueOf(NOW.getEpochSecond()))
        .header("webhook-signature", "v1," + signature)
        .header("webhook-attempt", "2")
        .build();
  }

  private static HttpRequest.Builder request(ReceiverAdapter receiver, String body) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + receiver.port() + "/hooks"))
        .timeout(Duration.ofSeconds(30))
        .POST(BodyPublishers.ofString(body));
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofString());
  }

  @Test
  void signedRequest_isAcceptedAndPrinted() throws Exception {
    try (ReceiverAdapter receiver = receiver(settings(0, 500))) {
      HttpResponse<String> response = send(signed(receiver, "e-1", BODY));

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEqualTo("signature valid\n");
      assertThat(printed)
          .hasToString(
              "2026-11-30T10:00:00Z POST /hooks -> 200, webhook-id e-1, webhook-attempt 2,"
                  + " signature valid\n  {\"type\":\"order.paid\"}\n");
    }
  }

  @Test
  void requestWithoutSignature_isRefused() throws Exception {
    try (ReceiverAdapter receiver = receiver(settings(0, 500))) {
      HttpResponse<String> response = send(request(receiver, BODY).build());

      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.body()).contains("signature refused: The header webhook-id is missing.");
      assertThat(receiver.summary()).startsWith("requests: 1; accepted: 0").endsWith("refused: 1");
    }
  }

  @Test
  void withoutASecret_signaturesAreNotChecked() throws Exception {
    try (ReceiverAdapter receiver = receiver(unchecked(Duration.ZERO, false))) {
      HttpResponse<String> response = send(request(receiver, BODY).build());

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEqualTo("signature not checked\n");
    }
  }

  @Test
  void eventThatComesAgain_isRecognised() throws Exception {
    try (ReceiverAdapter receiver = receiver(settings(0, 500))) {
      send(signed(receiver, "e-1", BODY));
      send(signed(receiver, "e-2", BODY));

      assertThat(send(signed(receiver, "e-1", BODY)).body())
          .isEqualTo("signature valid, received before\n");
      assertThat(receiver.summary())
          .isEqualTo(
              "requests: 3; accepted: 3 (received before: 1); failed as asked: 0; refused: 0");
    }
  }

  /// Otherwise a hostile sender could fill the memory with ids.
  @Test
  void longId_isNotRemembered() throws Exception {
    try (ReceiverAdapter receiver = receiver(settings(0, 500))) {
      String id = "x".repeat(257);
      send(signed(receiver, id, BODY));

      assertThat(send(signed(receiver, id, BODY)).body()).isEqualTo("signature valid\n");
    }
  }

  @Test
  void askedToFail_itFailsAndAcceptsALaterAttempt() throws Exception {
    try (ReceiverAdapter receiver = receiver(settings(0.5, 503))) {
      int failed = 0;
      for (int number = 0; number < 100; number++) {
        int status = send(signed(receiver, "e-" + number, BODY)).statusCode();
        assertThat(status).isIn(200, 503);
        failed += status == 503 ? 1 : 0;
      }

      assertThat(failed).isBetween(30, 70);
      assertThat(receiver.summary()).contains("(received before: 0)");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304, 410, 599})
  void statusThatWasAskedFor_isReturned(int status) throws Exception {
    try (ReceiverAdapter receiver = receiver(settings(1, status))) {
      assertThat(send(signed(receiver, "e-1", BODY)).statusCode()).isEqualTo(status);
    }
  }

  @Test
  void delay_passesBeforeTheResponse() throws Exception {
    try (ReceiverAdapter receiver = receiver(unchecked(Duration.ofMillis(200), false))) {
      long begin = System.nanoTime();
      send(request(receiver, BODY).build());

      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(190));
    }
  }

  @Test
  void otherMethod_isRefused() throws Exception {
    try (ReceiverAdapter receiver = receiver(settings(0, 500))) {
      HttpResponse<String> response = send(request(receiver, "").GET().build());

      assertThat(response.statusCode()).isEqualTo(405);
      assertThat(response.headers().firstValue("allow")).contains("POST");
    }
  }

  @Test
  void hugeBody_isRefusedAndNotPrinted() throws Exception {
    try (ReceiverAdapter receiver = receiver(unchecked(Duration.ZERO, false))) {
      String huge = "x".repeat(ReceivedRequest.MAX_BODY + 1);

      assertThat(send(request(receiver, huge).build()).statusCode()).isEqualTo(413);
      assertThat(printed.toString()).hasSizeLessThan(200);
    }
  }

  @Test
  void longBody_isCut() throws Exception {
    try (ReceiverAdapter receiver = receiver(unchecked(Duration.ZERO, false))) {
      send(request(receiver, "line\n".repeat(100_000)).build());

      assertThat(printed.toString()).hasSizeLessThan(4_100).endsWith("… (cut)\n");
    }
  }

  @Test
  void controlCharacters_doNotReachTheTerminal() throws Exception {
    try (ReceiverAdapter receiver = receiver(unchecked(Duration.ZERO, false))) {
      send(request(receiver, "red: \u001b[31m, C1: \u009b31m, bell: \u0007").build());

      assertThat(printed.toString())
          .contains("red: \\u001b[31m, C1: \\u009b31m, bell: \\u0007")
          .doesNotContain("\u001b", "\u009b", "\u0007");
    }
  }

  @Test
  void headers_arePrintedOnRequest() throws Exception {
    try (ReceiverAdapter receiver = receiver(unchecked(Duration.ZERO, true))) {
      send(request(receiver, BODY).header("x-team", "billing").build());

      assertThat(printed.toString()).contains("\n  x-team: billing\n");
    }
  }

  @Test
  void valuesOutOfRange_areRefused() {
    assertThatThrownBy(() -> settings(1.5, 500)).hasMessageContaining("--fail");
    assertThatThrownBy(() -> settings(0, 199)).hasMessageContaining("--status");
    assertThatThrownBy(() -> unchecked(Duration.ofMinutes(11), false))
        .hasMessageContaining("--delay");
  }
}

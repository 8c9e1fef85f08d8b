package dev.sluice.adapter.http.helidon;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.http.Answer;
import dev.sluice.adapter.http.HttpSettings;
import dev.sluice.adapter.http.LogCapture;
import dev.sluice.adapter.http.Setup;
import dev.sluice.adapter.http.TestIdentity;
import dev.sluice.adapter.http.TestServer;
import dev.sluice.contract.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class TlsTest {

  private static final HttpSettings.Limits QUICK =
      new HttpSettings.Limits(
          1 << 20, 5_000, 16 << 20, 1 << 30, 256 << 20, 100, Duration.ofMillis(700), 0, 1);

  @TempDir private Path folder;
  private @org.jspecify.annotations.Nullable TestServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private TestServer start(HttpSettings.Tls files, HttpSettings.Limits limits) {
    var security = new HttpSettings.Security(true, true, Optional.of(files));
    TestServer started = TestServer.start(Setup.USUAL.withLimits(limits).withSecurity(security));
    server = started;
    return started;
  }

  private static URI uri(TestServer server, String path) {
    return URI.create("https://127.0.0.1:" + server.http().port() + path);
  }

  private static HttpClient client(TestIdentity trusted) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(trusted.trusting())
        .connectTimeout(TestServer.CLIENT_TIMEOUT)
        .build();
  }

  private static Answer send(HttpClient client, HttpRequest.Builder request) throws IOException {
    try {
      return Answer.of(
          client.send(request.timeout(TestServer.CLIENT_TIMEOUT).build(), BodyHandlers.ofString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static boolean isTrusted(TestServer server, TestIdentity identity) {
    try (HttpClient client = client(identity)) {
      return send(client, HttpRequest.newBuilder(uri(server, "/health"))).status() == 200;
    } catch (SSLException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void largeBodies_goBothWaysWhole() throws IOException {
    TestIdentity identity = TestIdentity.of("RSA");
    TestServer server = start(identity.in(folder), HttpSettings.Limits.DEFAULT);
    String text = "x".repeat(900_000);

    try (HttpClient client = client(identity)) {
      for (int number = 0; number < 5; number++) {
        Answer posted =
            send(
                client,
                HttpRequest.newBuilder(uri(server, "/events"))
                    .header("Content-Type", "application/json")
                    .POST(
                        BodyPublishers.ofString(
                            "{\"event_id\":\"e" + number + "\",\"payload\":\"" + text + "\"}")));
        posted.hasStatus(202);
      }
      Answer list = send(client, HttpRequest.newBuilder(uri(server, "/events")));

      assertThat(list.hasStatus(200).json()).hasSize(5);
      assertThat(list.json().get(4).path("payload").asText()).isEqualTo(text);
    }
  }

  @Test
  void client_isLoggedInDigits() throws IOException {
    TestIdentity identity = TestIdentity.of("EC");
    TestServer server = start(identity.in(folder), HttpSettings.Limits.DEFAULT);

    try (HttpClient client = client(identity)) {
      send(client, HttpRequest.newBuilder(uri(server, "/nowhere")));
    }

    Eventually.holds("it is logged", () -> !server.log().requests().isEmpty());
    assertThat(server.log().requests())
        .extracting(HttpSettings.AnsweredRequest::client)
        .containsOnly("127.0.0.1");
  }

  @Test
  void slowReader_getsEverything() throws IOException {
    TestIdentity identity = TestIdentity.of("EC");
    TestServer server = start(identity.in(folder), HttpSettings.Limits.DEFAULT);
    String text = "x".repeat(900_000);
    try (HttpClient client = client(identity)) {
      for (int number = 0; number < 5; number++) {
        send(
                client,
                HttpRequest.newBuilder(uri(server, "/events"))
                    .POST(BodyPublishers.ofString("{\"payload\":\"" + text + "\"}")))
            .hasStatus(202);
      }
    }
    try (SSLSocket socket = connect(server, identity)) {
      socket.setReceiveBufferSize(64 * 1024);
      socket
          .getOutputStream()
          .write(
              "GET /events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                  .getBytes(US_ASCII));
      InputStream in = socket.getInputStream();
      long received = 0;
      byte[] block = new byte[1_000];
      for (int read = in.read(block); read > 0; read = in.read(block)) {
        received += read;
      }

      assertThat(received).isGreaterThan(5L * text.length());
    }
  }

  private static SSLSocket connect(TestServer server, TestIdentity identity) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            identity
                .trusting()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.http().port());
    socket.setSoTimeout((int) TestServer.CLIENT_TIMEOUT.toMillis());
    return socket;
  }

  @Test
  void stalledRequestsAndHandshakes_areEnded() throws IOException {
    TestIdentity identity = TestIdentity.of("EC");
    TestServer server = start(identity.in(folder), QUICK);

    try (SSLSocket stalled = connect(server, identity);
        var silent = server.connect()) {
      stalled
          .getOutputStream()
          .write(
              "POST /events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{"
                  .getBytes(US_ASCII));

      assertThat(new String(stalled.getInputStream().readAllBytes(), US_ASCII))
          .contains("request_timeout");
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void plainHttp_getsNoAnswerAndNoStackTrace() {
    TestIdentity identity = TestIdentity.of("EC");
    TestServer server = start(identity.in(folder), HttpSettings.Limits.DEFAULT);

    try (LogCapture logs = LogCapture.start()) {
      String answer = server.send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");

      assertThat(answer).doesNotContain("200");
      assertThat(isTrusted(server, TestIdentity.another("EC"))).isFalse();
      assertThat(isTrusted(server, identity)).isTrue();
      assertThat(logs.stackTraces()).isEmpty();
    }
  }

  @Test
  void changedFiles_areReadAnew() {
    TestIdentity first = TestIdentity.of("EC");
    TestIdentity second = TestIdentity.of("RSA");
    TestServer server = start(first.in(folder), HttpSettings.Limits.DEFAULT);
    assertThat(isTrusted(server, first)).isTrue();

    second.in(folder);

    Eventually.holds("the new certificate is in force", () -> isTrusted(server, second));
    assertThat(isTrusted(server, first)).isFalse();
  }

  @Test
  void brokenFiles_leaveTheCertificateAsItIs() throws IOException {
    TestIdentity first = TestIdentity.of("EC");
    HttpSettings.Tls files = first.in(folder);
    var tls = new ReloadedTls(files, InstantSource.system());
    try (LogCapture logs = LogCapture.start()) {
      Files.writeString(files.key(), TestIdentity.another("EC").key());
      tls.check();
      tls.check();

      assertThat(logs.messages("was not reloaded")).singleElement().asString().contains("key.pem");
      assertThat(logs.messages("was reloaded")).isEmpty();
      TestIdentity.another("EC").in(folder);
      tls.check();
      assertThat(logs.messages("was reloaded")).hasSize(1);
    }
  }
}

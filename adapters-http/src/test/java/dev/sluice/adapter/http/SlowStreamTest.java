package dev.sluice.adapter.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.Eventually;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Streams whose lines arrive slowly.
final class SlowStreamTest {

  private static final String HEAD =
      """
      POST /events HTTP/1.1\r
      Host: localhost\r
      Content-Type: application/x-ndjson\r
      Transfer-Encoding: chunked\r
      Connection: close\r
      \r
      """;

  private static FlakyStore store;
  private static TestServer server;

  @BeforeAll
  static void start() {
    FlakyStore.Server started = FlakyStore.startServer();
    server = started.server();
    store = started.store();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void send(Socket socket, String text) throws IOException {
    String chunk = Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    socket.getOutputStream().write(chunk.getBytes(ISO_8859_1));
  }

  private static String end(Socket socket) throws IOException {
    socket.getOutputStream().write("0\r\n\r\n".getBytes(ISO_8859_1));
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  private static Socket begin() throws IOException {
    Socket socket = server.connect();
    socket.getOutputStream().write(HEAD.getBytes(ISO_8859_1));
    return socket;
  }

  @Test
  void line_isStoredThoughNoOtherFollows() throws IOException {
    try (Socket socket = begin()) {
      send(socket, "{\"event_id\":\"lone\",\"payload\":1}\n");
      server.await("lone", "completed");

      send(socket, "{\"event_id\":\"late\",\"payload\":2}\n");
      server.await("late", "completed");

      assertThat(end(socket)).startsWith("HTTP/1.1 202").contains("\"accepted\":2");
    }
  }

  @Test
  void line_isStoredWhileTheNextTricklesIn() throws IOException {
    try (Socket socket = begin()) {
      send(socket, "{\"event_id\":\"whole\",\"payload\":1}\n{\"event_id\":");
      Eventually.holds(
          "the whole line is stored",
          () -> {
            dripOn(socket);
            return server.get("/events/whole").status() == 200;
          });

      send(socket, "\"half\",\"payload\":2}");

      assertThat(end(socket)).startsWith("HTTP/1.1 202").contains("\"accepted\":2");
    }
  }

  private static void dripOn(Socket socket) {
    try {
      send(socket, " ");
    } catch (IOException e) {
      throw new AssertionError("the stream was closed", e);
    }
  }

  @Test
  void outageMeanwhile_isAnswered() throws IOException {
    store.breakDown(true);
    try (Socket socket = begin()) {
      send(socket, "{\"event_id\":\"refused\",\"payload\":1}\n");
      awaitFailedAppend();

      assertThat(end(socket)).startsWith("HTTP/1.1 503").contains("store_unavailable");
    } finally {
      store.breakDown(false);
    }
  }

  @Test
  void faultMeanwhile_isAnswered() throws IOException {
    store.failAppends(true);
    try (Socket socket = begin()) {
      send(socket, "{\"event_id\":\"fault\",\"payload\":1}\n");
      awaitFailedAppend();
      store.failAppends(false);

      assertThat(end(socket)).startsWith("HTTP/1.1 500").contains("internal_error");
    } finally {
      store.failAppends(false);
    }
  }

  private static void awaitFailedAppend() {
    long before = store.failedAppends();
    Eventually.holds("the line was tried", () -> store.failedAppends() > before);
  }
}

package dev.sluice.adapter.http.helidon;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.adapter.http.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A response longer than the socket's buffers must arrive completely, however slowly the client
/// reads.
final class LongAnswerTest {

  private static final int EVENTS = 60;
  private static final int PAYLOAD = 120_000;

  /// Without [FullWriter] some responses are incomplete, but not all: enough rounds to meet one.
  private static final int ROUNDS = 6;

  /// The client's receive buffer, so small that the server soon has to wait.
  private static final int SMALL_BUFFER = 4 * 1024;

  @Test
  @Tag("slow")
  void slowReader_getsEveryByte() throws IOException {
    try (TestServer server = TestServer.start()) {
      String filler = "x".repeat(PAYLOAD);
      for (int number = 0; number < EVENTS; number++) {
        server
            .post("{\"event_id\":\"e-" + number + "\",\"payload\":\"" + filler + "\"}")
            .hasStatus(202);
      }

      for (int round = 0; round < ROUNDS; round++) {
        JsonNode events = new JsonMapper().readTree(listSlowly(server.http().port()));

        assertThat(events).hasSize(EVENTS);
        assertThat(events)
            .allSatisfy(event -> assertThat(event.path("payload").asText()).isEqualTo(filler));
      }
    }
  }

  private static byte[] listSlowly(int port) throws IOException {
    try (var socket = new Socket()) {
      socket.setReceiveBufferSize(SMALL_BUFFER);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.setSoTimeout((int) TestServer.CLIENT_TIMEOUT.toMillis());
      String request =
          "GET /events?limit=500 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      return unchunked(socket.getInputStream());
    }
  }

  /// Returns the body of a chunked response.
  private static byte[] unchunked(InputStream answer) throws IOException {
    for (String line = readLine(answer); !line.isEmpty(); line = readLine(answer)) {
      // Skips the headers.
    }
    var body = new ByteArrayOutputStream();
    for (int size = readSize(answer); size > 0; size = readSize(answer)) {
      body.write(answer.readNBytes(size));
      readLine(answer);
    }
    return body.toByteArray();
  }

  private static int readSize(InputStream answer) throws IOException {
    return Integer.parseInt(readLine(answer), 16);
  }

  private static String readLine(InputStream answer) throws IOException {
    var line = new StringBuilder();
    for (int read = answer.read(); read >= 0 && read != '\n'; read = answer.read()) {
      line.append((char) read);
    }
    return line.toString().strip();
  }
}

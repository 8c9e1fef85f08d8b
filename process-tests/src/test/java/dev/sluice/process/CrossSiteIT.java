package dev.sluice.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged program without keys on all addresses rejects pages of other sites: otherwise such
/// a page could do everything in the browser of a user who can reach the service.
final class CrossSiteIT {

  private static final int SECONDS = 20;
  private static final String JSON = "{\"payload\":1}";

  /// Requests that such a page could send without a preflight, or whose responses it could read.
  private static final List<String> CALLS =
      List.of(
          "POST /events",
          "POST /dead-letters/replay",
          "POST /processing/pause",
          "POST /events/x/replay",
          "DELETE /keys/x",
          "GET /events",
          "GET /events/stream",
          "GET /stats",
          "GET /keys",
          "GET /metrics");

  private static final List<String> PAGES =
      List.of(
          "Host: events.example\r\nOrigin: http://other.example\r\n",
          "Host: events.example:8080\r\nOrigin: http://events.example:9090\r\n",
          "Host: events.example\r\nOrigin: null\r\n",
          "Host: events.example\r\nSec-Fetch-Site: cross-site\r\n",
          "Host: events.example\r\nSec-Fetch-Site: same-site\r\n");

  private static final List<String> OTHERS =
      List.of(
          "Host: events.example\r\n",
          "Host: events.example:8080\r\nOrigin: http://events.example:8080\r\n",
          "Host: events.example\r\nOrigin: https://events.example\r\nSec-Fetch-Site: same-origin\r\n",
          "Host: events.example\r\nSec-Fetch-Site: none\r\n");

  @TempDir private Path folder;

  @Test
  void openServiceOnAllAddresses_refusesPagesOfOtherSites() throws IOException {
    Map<String, String> open =
        Map.of("BIND_ADDRESS", "0.0.0.0", "AUTH", "off", "STORAGE", "memory");
    try (var program = Program.serve(folder, open)) {
      for (String page : PAGES) {
        for (String call : CALLS) {
          assertThat(answer(program, call, page))
              .as(call + " " + page)
              .startsWith("HTTP/1.1 403")
              .contains("foreign_origin");
        }
      }
      for (String headers : OTHERS) {
        assertThat(answer(program, "GET /stats", headers)).as(headers).startsWith("HTTP/1.1 200");
        assertThat(answer(program, "POST /events", headers)).as(headers).startsWith("HTTP/1.1 202");
      }
      assertThat(answer(program, "GET /processing", OTHERS.getFirst())).contains("\"paused\":null");
    }
  }

  private static String answer(Program program, String call, String headers) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), program.address().getPort())) {
      socket.setSoTimeout(SECONDS * 1_000);
      String request =
          call
              + " HTTP/1.1\r\n"
              + headers
              + "Content-Length: "
              + JSON.length()
              + "\r\nConnection: close\r\n\r\n"
              + JSON;
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }
}

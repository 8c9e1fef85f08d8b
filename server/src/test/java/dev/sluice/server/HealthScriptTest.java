package dev.sluice.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The health check of the image finds the service wherever its settings put it.
@Tag("shell")
final class HealthScriptTest {

  @TempDir private Path folder;
  private ServerSocket server;
  private volatile int status = 200;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread.ofVirtual().start(this::answer);
  }

  private void answer() {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        var request = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
        // The whole request: closing a connection with unread data resets it.
        for (String line = request.readLine(); line != null && !line.isEmpty(); ) {
          line = request.readLine();
        }
        String head = "HTTP/1.1 " + status + " X\r\ncontent-length: 0\r\n\r\n";
        client.getOutputStream().write(head.getBytes(US_ASCII));
      } catch (IOException e) {
        // The test has ended, or the client disconnected.
      }
    }
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,       PORT",
    "0.0.0.0,         PORT",
    "::,              PORT",
    "localhost,       PORT",
    "127.0.0.1:PORT,  1",
    "0.0.0.0:PORT,    1",
    "localhost:PORT,  1",
    "[::]:PORT,       1",
  })
  void service_isFoundByBindAddressAndPort(String address, String port) throws Exception {
    assertThat(isHealthy(Map.of("BIND_ADDRESS", here(address), "PORT", here(port)))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--port=PORT",
        "--port PORT",
        "--endpoint 0.0.0.0:PORT",
        "--bind-address=127.0.0.1:PORT --workers 8"
      })
  void options_goOverTheEnvironment(String options) throws Exception {
    var environment = Map.of("BIND_ADDRESS", "127.0.0.1", "PORT", "1");

    assertThat(isHealthy(environment, ("serve " + here(options)).split(" ", -1))).isTrue();
  }

  @Test
  void anotherAnswerOrNone_isNotHealthy() throws Exception {
    status = 503;

    assertThat(isHealthy(Map.of("PORT", here("PORT")))).isFalse();
    assertThat(isHealthy(Map.of("PORT", "1"))).isFalse();
  }

  @Test
  void withTls_aListenerAloneIsNotHealthy() throws Exception {
    assertThat(isHealthy(Map.of("PORT", here("PORT"), "TLS_CERT", "cert.pem"))).isFalse();
  }

  @Test
  void withTls_curlAsksForHealth() throws Exception {
    FakeCheckout.program(
        folder.resolve("bin/curl"), "#!/bin/sh\necho \"$@\" >" + folder + "/curl.log\n");
    String path = folder.resolve("bin") + ":" + System.getenv("PATH");

    var environment = Map.of("BIND_ADDRESS", "[::1]:7443", "TLS_CERT", "cert.pem", "PATH", path);

    assertThat(isHealthy(environment)).isTrue();
    assertThat(Files.readString(folder.resolve("curl.log"))).contains("https://[::1]:7443/health");
  }

  private String here(String text) {
    return text.replace("PORT", String.valueOf(server.getLocalPort()));
  }

  private boolean isHealthy(Map<String, String> environment, String... options)
      throws IOException, InterruptedException {
    Path commandLine = folder.resolve("cmdline");
    Files.writeString(commandLine, "java\0" + String.join("\0", options) + "\0");
    var builder =
        new ProcessBuilder(
            List.of(
                "bash", Path.of("..", "deploy", "health.sh").toString(), commandLine.toString()));
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("output").toFile());
    builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue() == 0;
  }
}

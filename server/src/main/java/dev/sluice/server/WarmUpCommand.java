package dev.sluice.server;

import dev.sluice.server.config.ConfigSources;
import dev.sluice.server.config.ServerConfig;
import dev.sluice.server.log.Logging;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/// `sluice warm-up`: uses the service in every common way and ends. The launcher runs it to train
/// the JVM's AOT cache, so that later starts are fast.
@Command(name = "warm-up", hidden = true, description = "Train the AOT cache.")
final class WarmUpCommand implements Callable<Integer> {

  private static final int ROUNDS = 50;
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final List<String> READS =
      List.of(
          "/events?limit=5",
          "/dead-letters",
          "/stats",
          "/stats/series",
          "/nodes",
          "/health",
          "/ready",
          "/metrics",
          "/nowhere");

  @Override
  public Integer call() throws Exception {
    Path data = Files.createTempDirectory("sluice-warm-up");
    try {
      use(data);
    } finally {
      delete(data);
    }
    return Main.OK;
  }

  private static void use(Path data) throws Exception {
    ServerConfig config = config(data);
    Logging.configure(config.logs().isJson(), config.logs().level(), config.environment());
    var node = new Node(config);
    node.start();
    sendRequests(node);
    node.stop();
  }

  private static ServerConfig config(Path data) {
    Map<String, String> given =
        Map.of(
            "PORT", "0",
            "BIND_ADDRESS", "127.0.0.1",
            "LOG_LEVEL", "error",
            "DATA_DIR", data.toString(),
            "AUTH", "off",
            "TLS_CERT", "",
            "TLS_KEY", "");
    return ServerConfig.of(ConfigSources.gather(given, Map.of(), Optional.empty()));
  }

  private static void sendRequests(Node node) throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      post(
          node,
          "application/json",
          "{\"event_id\":\"warm-" + round + "\",\"payload\":{\"round\":" + round + "}}");
      post(node, "application/x-ndjson", "{\"payload\":1}\n{\"payload\":{\"fail\":true}}\n");
    }
    for (String path : READS) {
      send(node, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private static void post(Node node, String type, String body) throws IOException {
    send(
        node,
        "POST /events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: "
            + type
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private static void send(Node node, String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      // Helidon may keep reading despite Connection: close; closing this side stops it.
      socket.shutdownOutput();
      socket.setSoTimeout((int) LIMIT.toMillis());
      InputStream answer = socket.getInputStream();
      answer.transferTo(OutputStream.nullOutputStream());
    }
  }
}

package dev.sluice.adapter.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A server with enough of Redis' protocol to report what it is.
final class FakeRedis implements AutoCloseable {

  private final ServerSocket listening;

  /// The sections of `INFO`, by their names.
  private final Map<String, String> sections;

  private FakeRedis(ServerSocket listening, Map<String, String> sections) {
    this.listening = listening;
    this.sections = sections;
  }

  static FakeRedis telling(Map<String, String> sections) throws IOException {
    var redis = new FakeRedis(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), sections);
    Thread.ofVirtual().start(redis::accept);
    return redis;
  }

  URI url() {
    return URI.create("redis://127.0.0.1:" + listening.getLocalPort() + "/0");
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        Thread.ofVirtual().start(() -> answer(client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void answer(Socket client) {
    try (client;
        var in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = client.getOutputStream()) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        var words = new String[Integer.parseInt(line.substring(1))];
        for (int index = 0; index < words.length; index++) {
          // The length of the word precedes it.
          in.readLine();
          words[index] = in.readLine();
        }
        out.write(reply(words).getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } catch (IOException e) {
      // The client is gone.
    }
  }

  private String reply(String... words) {
    return switch (words[0]) {
      case "INFO" -> {
        String text = sections.getOrDefault(words[1], "");
        yield "$" + text.length() + "\r\n" + text + "\r\n";
      }
      case "HELLO" -> "-ERR unknown command 'HELLO'\r\n";
      default -> "+OK\r\n";
    };
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}

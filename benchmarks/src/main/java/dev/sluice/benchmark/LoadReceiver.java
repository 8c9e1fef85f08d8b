package dev.sluice.benchmark;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// A receiver of webhooks on a free loopback port: reports the `webhook-id` of each request and
/// responds at once, or accepts connections and never responds.
final class LoadReceiver implements AutoCloseable {

  private static final int BACKLOG = 200;
  private static final byte[] RESPONSE =
      "HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket server;
  private final Optional<Consumer<String>> arrivals;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private LoadReceiver(Optional<Consumer<String>> arrivals) throws IOException {
    this.server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    this.arrivals = arrivals;
    Thread.ofVirtual().start(this::accept);
  }

  /// @param arrivals gets the `webhook-id` of each request when it has been read
  static LoadReceiver responding(Consumer<String> arrivals) throws IOException {
    return new LoadReceiver(Optional.of(arrivals));
  }

  static LoadReceiver hanging() throws IOException {
    return new LoadReceiver(Optional.empty());
  }

  int port() {
    return server.getLocalPort();
  }

  /// Returns how many connections are open.
  int open() {
    return open.size();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      var in = new BufferedInputStream(socket.getInputStream());
      while (true) {
        String id = read(in);
        if (arrivals.isPresent()) {
          arrivals.get().accept(id);
          socket.getOutputStream().write(RESPONSE);
        }
      }
    } catch (IOException e) {
      // The service has closed the connection.
    } finally {
      open.remove(socket);
    }
  }

  /// Reads a request, and returns its `webhook-id`.
  private static String read(InputStream in) throws IOException {
    String id = "";
    int length = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("webhook-id: ")) {
        id = line.substring("webhook-id: ".length());
      } else if (lower.startsWith("content-length: ")) {
        length = Integer.parseInt(line.substring("content-length: ".length()));
      }
    }
    in.skipNBytes(length);
    return id;
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("closed");
      }
      line.append((char) next);
    }
    return line.substring(0, line.length() - 1);
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}

package dev.sluice.process.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// A receiver of webhooks on a free loopback port.
final class Receiver implements AutoCloseable {

  private static final int BACKLOG = 200;

  private final ServerSocket server;
  private final Script script;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger mostOpen = new AtomicInteger();

  /// What happens on a connection; it is closed afterwards.
  interface Script {
    void serve(Connection connection) throws IOException;
  }

  private Receiver(Script script) throws IOException {
    this.server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    this.script = script;
    Thread.ofVirtual().start(this::accept);
  }

  static Receiver start(Script script) throws IOException {
    return new Receiver(script);
  }

  /// Starts a receiver that adds each request to a journal, and then responds with 204.
  ///
  /// @param delay between request and response
  static Receiver recording(Arrivals arrivals, Duration delay) throws IOException {
    return start(
        connection -> {
          while (true) {
            arrivals.add(connection.read());
            LockSupport.parkNanos(delay.toNanos());
            connection.send("HTTP/1.1 204 No Content\r\n\r\n");
          }
        });
  }

  /// Starts a receiver that accepts connections and never responds.
  static Receiver hanging() throws IOException {
    return start(Connection::fallSilent);
  }

  int port() {
    return server.getLocalPort();
  }

  /// Returns how many connections were open at once at most.
  int mostOpen() {
    return mostOpen.get();
  }

  int open() {
    return open.size();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        mostOpen.accumulateAndGet(open.size(), Math::max);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      script.serve(new Connection(socket));
    } catch (IOException e) {
      // The sender has closed the connection, or was killed.
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}

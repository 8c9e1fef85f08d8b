package dev.sluice.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A client that repeats requests that cost the service more than the client, each on a new
/// connection.
enum HostileClient {

  /// An array of small events with the id of one large event.
  DUPLICATES(2) {
    @Override
    void act(Connection connection, BooleanSupplier isOver) throws IOException {
      String event = "{\"event_id\":\"" + LARGE_ID + "\",\"payload\":{\"a\":1}}";
      String body = "[" + (event + ",").repeat(4_999) + event + "]";
      connection.post("application/json", body);
      connection.readAnswer(isOver);
    }
  },

  /// Lines of two bytes that are not events.
  REJECTED_LINES(2) {
    @Override
    void act(Connection connection, BooleanSupplier isOver) throws IOException {
      connection.head("application/x-ndjson", "Transfer-Encoding: chunked");
      String lines = "1\n".repeat(8_000);
      while (!isOver.getAsBoolean()) {
        connection.chunk(lines);
      }
    }
  },

  /// A batch of lines that is almost full and never completed.
  STALLED_LINES(100) {
    @Override
    void act(Connection connection, BooleanSupplier isOver) throws IOException {
      connection.head("application/x-ndjson", "Transfer-Encoding: chunked");
      String line = "{\"payload\":\"" + "x".repeat(960_000) + "\"}\n";
      for (int number = 0; number < 4; number++) {
        connection.chunk(line);
      }
      connection.waitForEnd(isOver);
    }
  },

  /// Small bodies of unknown length that arrive slowly.
  SLOW_CHUNKS(50) {
    @Override
    void act(Connection connection, BooleanSupplier isOver) throws IOException {
      connection.head("application/json", "Transfer-Encoding: chunked");
      for (int number = 0; number < 100 && !isOver.getAsBoolean(); number++) {
        connection.chunk(" ");
        LockSupport.parkNanos(100_000_000);
      }
    }
  },

  /// Large bodies that are announced and never sent.
  ANNOUNCED_BODIES(20) {
    @Override
    void act(Connection connection, BooleanSupplier isOver) throws IOException {
      connection.head("application/json", "Content-Length: 16000000");
      connection.write("[");
      connection.waitForEnd(isOver);
    }
  },

  /// Pages of large events, read a few bytes at a time.
  SLOW_READERS(50) {
    @Override
    void act(Connection connection, BooleanSupplier isOver) throws IOException {
      connection.write("GET /events?limit=250 HTTP/1.1\r\nHost: localhost\r\n\r\n");
      while (!isOver.getAsBoolean() && connection.read(300) >= 0) {
        LockSupport.parkNanos(1_000_000_000);
      }
    }
  },

  /// `GET /ready`, as often as possible.
  READINESS(16) {
    @Override
    void act(Connection connection, BooleanSupplier isOver) throws IOException {
      while (!isOver.getAsBoolean()) {
        connection.write("GET /ready HTTP/1.1\r\nHost: localhost\r\n\r\n");
        if (connection.read(4_096) < 0) {
          return;
        }
      }
    }
  },

  /// Connections that send nothing.
  IDLE_CONNECTIONS(3_000) {
    @Override
    void act(Connection connection, BooleanSupplier isOver) throws IOException {
      connection.waitForEnd(isOver);
    }
  };

  /// The id of an event of 1 MB, which is stored beforehand.
  static final String LARGE_ID = "large";

  private final int clients;

  HostileClient(int clients) {
    this.clients = clients;
  }

  /// Returns the number of concurrent clients.
  int clients() {
    return clients;
  }

  /// Performs the attack once, on a new connection.
  abstract void act(Connection connection, BooleanSupplier isOver) throws IOException;

  /// Repeats the attack; after a refused or closed connection it waits 50 ms.
  void run(URI service, BooleanSupplier isOver) {
    while (!isOver.getAsBoolean()) {
      try (var connection = new Connection(service)) {
        act(connection, isOver);
      } catch (IOException e) {
        LockSupport.parkNanos(50_000_000);
      }
    }
  }

  /// A raw connection.
  static final class Connection implements AutoCloseable {

    private final Socket socket = new Socket();

    Connection(URI service) throws IOException {
      socket.connect(new InetSocketAddress(service.getHost(), service.getPort()), 5_000);
      socket.setSoTimeout(1_000);
    }

    void write(String text) throws IOException {
      OutputStream out = socket.getOutputStream();
      out.write(text.getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }

    void head(String type, String length) throws IOException {
      write(
          "POST /events HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\n%s\r\n\r\n"
              .formatted(type, length));
    }

    void post(String type, String body) throws IOException {
      head(type, "Content-Length: " + body.length());
      write(body);
    }

    void chunk(String text) throws IOException {
      write(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    /// Reads the available bytes, waiting up to a second for them.
    ///
    /// @return the number of bytes; negative at the end of the stream
    int read(int most) throws IOException {
      try {
        return socket.getInputStream().read(new byte[most]);
      } catch (SocketTimeoutException e) {
        return 0;
      }
    }

    /// Waits for the response or the end of the benchmark.
    void readAnswer(BooleanSupplier isOver) throws IOException {
      InputStream in = socket.getInputStream();
      while (!isOver.getAsBoolean() && in.available() == 0 && read(1) == 0) {
        // The socket's timeout bounds each iteration.
      }
    }

    void waitForEnd(BooleanSupplier isOver) throws IOException {
      while (!isOver.getAsBoolean() && read(4_096) >= 0) {
        // The socket's timeout bounds each iteration.
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}

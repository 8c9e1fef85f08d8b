package dev.sluice.adapter.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;

/// A receiver on a free loopback port that speaks byte by byte, so that it can misbehave.
final class RawReceiver implements AutoCloseable {

  private static final Pattern LENGTH =
      Pattern.compile("\r\ncontent-length: (\\d+)\r\n", Pattern.CASE_INSENSITIVE);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final ServerSocket server;
  private final Script script;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  /// What happens on one connection; it is closed afterwards.
  interface Script {
    void serve(Conversation conversation) throws IOException;
  }

  RawReceiver(Script script) throws IOException {
    this(ServerSocketFactory.getDefault(), script);
  }

  RawReceiver(ServerSocketFactory sockets, Script script) throws IOException {
    this.server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.script = script;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  /// Returns the requests that were read whole, head and body.
  List<String> requests() {
    return List.copyOf(requests);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      script.serve(new Conversation(socket));
    } catch (IOException e) {
      // The client went away, which is what most scripts are for.
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

  /// One connection.
  final class Conversation {

    private final Socket socket;

    private Conversation(Socket socket) {
      this.socket = socket;
    }

    /// Reads a whole request.
    void readRequest() throws IOException {
      InputStream in = socket.getInputStream();
      var bytes = new ByteArrayOutputStream();
      while (!bytes.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
        int read = in.read();
        if (read < 0) {
          throw new EOFException();
        }
        bytes.write(read);
      }
      Matcher length = LENGTH.matcher(bytes.toString(ISO_8859_1));
      bytes.writeBytes(in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0));
      requests.add(bytes.toString(UTF_8));
    }

    void send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
    }

    /// Sends the text again and again until the client closes.
    ///
    /// @return whether the client closed before 200 MB were sent
    boolean sendUntilClosed(String text) {
      try {
        for (long sent = 0; sent < 200_000_000; sent += text.length()) {
          send(text);
        }
        return false;
      } catch (IOException e) {
        return true;
      }
    }

    /// Sends the text now and then, for at most 30 s.
    void drip(String text) throws IOException {
      for (int i = 0; i < 1_500; i++) {
        send(text);
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }

    /// Waits until the client closes.
    void fallSilent() throws IOException {
      socket.setSoTimeout(30_000);
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }
}

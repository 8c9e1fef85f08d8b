package dev.sluice.adapter.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/// A proxy between a client and a server, which can withhold the server's answers and cut the
/// connections: then the client does not know whether its request arrived.
final class CutProxy implements AutoCloseable {

  private final ServerSocket listening;
  private final URI target;
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
  private volatile boolean isSilent;
  private final AtomicLong answersKept = new AtomicLong();

  private CutProxy(ServerSocket listening, URI target) {
    this.listening = listening;
    this.target = target;
  }

  static CutProxy before(URI target) throws IOException {
    var proxy = new CutProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
    Thread.ofVirtual().start(proxy::accept);
    return proxy;
  }

  /// Returns the URL of the server by way of this proxy.
  URI url() {
    return URI.create(
        "%s://%s@127.0.0.1:%d%s"
            .formatted(
                target.getScheme(),
                target.getUserInfo(),
                listening.getLocalPort(),
                target.getPath()));
  }

  /// Withholds all answers from now on.
  void keepAnswers() {
    answersKept.set(0);
    isSilent = true;
  }

  /// Returns how many bytes of answers were withheld.
  long answersKept() {
    return answersKept.get();
  }

  /// Cuts all connections; new ones work.
  void cut() {
    for (Socket socket = open.poll(); socket != null; socket = open.poll()) {
      try {
        socket.close();
      } catch (IOException e) {
        // It was closed already.
      }
    }
    isSilent = false;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        var server = new Socket(target.getHost(), target.getPort());
        open.add(client);
        open.add(server);
        Thread.ofVirtual().start(() -> forward(client, server, false));
        Thread.ofVirtual().start(() -> forward(server, client, true));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void forward(Socket from, Socket to, boolean isAnswer) {
    byte[] buffer = new byte[65_536];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (isAnswer && isSilent) {
          answersKept.addAndGet(read);
        } else {
          out.write(buffer, 0, read);
        }
      }
    } catch (IOException e) {
      // One side is gone; the other is closed with it.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    cut();
  }
}

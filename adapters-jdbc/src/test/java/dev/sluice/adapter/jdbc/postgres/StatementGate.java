package dev.sluice.adapter.jdbc.postgres;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A proxy between a node and the database that holds a statement back until the test releases it:
/// what others do meanwhile falls between two statements of the node.
final class StatementGate implements AutoCloseable {

  private static final int BLOCK = 64 * 1024;
  private static final long LONGEST_SECONDS = 30;

  private final String databaseUrl;
  private final URI database;
  private final String held;
  private final ServerSocket listener;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  /// @param databaseUrl where the database is
  /// @param text occurs only in the statement to hold back
  StatementGate(String databaseUrl, String text) throws IOException {
    this.databaseUrl = databaseUrl;
    this.database = URI.create(databaseUrl);
    this.held = text;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /// Returns the URL at which nodes reach the database through the gate.
  String url() {
    return databaseUrl.replace(":" + database.getPort() + "/", ":" + listener.getLocalPort() + "/");
  }

  /// Waits until the statement has arrived.
  void awaitStatement() throws InterruptedException {
    if (!arrived.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the statement did not come");
    }
  }

  /// Releases the statement, and all that follow.
  void release() {
    released.countDown();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        var server = new Socket(database.getHost(), database.getPort());
        sockets.addAll(List.of(client, server));
        Thread.ofVirtual().start(() -> copy(client, server, true));
        Thread.ofVirtual().start(() -> copy(server, client, false));
      }
    } catch (IOException e) {
      // The gate was closed.
    }
  }

  private void copy(Socket from, Socket to, boolean isFromNode) {
    byte[] block = new byte[BLOCK];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(block); read > 0; read = in.read(block)) {
        if (isFromNode && holds(block, read)) {
          arrived.countDown();
          var _ = released.await(LONGEST_SECONDS, TimeUnit.SECONDS);
        }
        out.write(block, 0, read);
      }
    } catch (IOException e) {
      // One side has hung up.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean holds(byte[] block, int length) {
    return new String(block, 0, length, ISO_8859_1).contains(held);
  }

  @Override
  public void close() throws IOException {
    release();
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}

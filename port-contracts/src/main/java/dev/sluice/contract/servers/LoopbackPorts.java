package dev.sluice.contract.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// Ports of loopback for servers that are stopped and restarted.
final class LoopbackPorts {

  // Below the range that systems use for outgoing connections. Otherwise a client that keeps
  // reconnecting while its server is down eventually gets that very port, connects to itself, and
  // keeps it.
  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;

  private static final int LONGEST_CONNECT_MILLIS = 1_000;
  private static final int LONGEST_ANSWER_MILLIS = 5_000;

  private LoopbackPorts() {}

  /// Returns different ports on which nothing listens.
  static List<Integer> free(int count) {
    Set<Integer> found = new HashSet<>();
    while (found.size() < count) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (isFree(port)) {
        found.add(port);
      }
    }
    return List.copyOf(found);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  /// Returns a connection that times out when nothing is received for some seconds.
  static Socket connect(int port) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LONGEST_CONNECT_MILLIS);
      socket.setSoTimeout(LONGEST_ANSWER_MILLIS);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /// Returns whether a server listens on the port.
  static boolean accepts(int port) {
    try (Socket socket = connect(port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}

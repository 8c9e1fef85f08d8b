package dev.sluice.contract.servers;

import java.io.IOException;
import java.net.Socket;

/// The protocol header of AMQP 0-9-1, which a broker answers as soon as it is ready.
final class AmqpHandshake {

  private static final byte[] HEADER = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};
  private static final int METHOD_FRAME = 1;

  private AmqpHandshake() {}

  /// Returns whether an AMQP broker listens on this port of loopback.
  static boolean isAnsweredOn(int port) {
    try (Socket socket = LoopbackPorts.connect(port)) {
      socket.getOutputStream().write(HEADER);
      return socket.getInputStream().read() == METHOD_FRAME;
    } catch (IOException e) {
      return false;
    }
  }
}

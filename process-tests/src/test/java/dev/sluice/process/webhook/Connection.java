package dev.sluice.process.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// A connection to a receiver, byte by byte, so that the receiver can misbehave.
final class Connection {

  /// No connection of a test is silent for longer.
  private static final int LIMIT_MS = 60_000;

  private final Socket socket;
  private final InputStream in;

  Connection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(LIMIT_MS);
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /// Reads a whole request.
  ///
  /// @throws EOFException when the sender has closed the connection
  Message read() throws IOException {
    String path = line().split(" ", -1)[1];
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the request ends in its body");
    }
    return new Message(path, headers, new String(body, UTF_8));
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("closed");
      }
      line.append((char) next);
    }
    return line.substring(0, line.length() - 1);
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /// Sends a response without a body.
  ///
  /// @param status code and reason
  /// @param headers more headers, each with its end of line
  void respond(String status, String... headers) throws IOException {
    send("HTTP/1.1 " + status + "\r\n" + String.join("", headers) + "Content-Length: 0\r\n\r\n");
  }

  /// Sends a text again and again, until the sender closes or a minute has passed.
  void repeat(String text, Duration pause) throws IOException {
    for (long times = LIMIT_MS / pause.toMillis(); times > 0; times--) {
      send(text);
      LockSupport.parkNanos(pause.toNanos());
    }
  }

  /// Waits until the sender closes.
  void fallSilent() throws IOException {
    in.transferTo(OutputStream.nullOutputStream());
  }

  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /// Closes the receiver's half of the connection, and waits until the sender closes the other.
  void closeHalf() throws IOException {
    socket.shutdownOutput();
    fallSilent();
  }
}

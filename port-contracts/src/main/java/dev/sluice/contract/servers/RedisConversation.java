package dev.sluice.contract.servers;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Sends one command to Redis and reads its reply, in the Redis protocol (RESP 2).
final class RedisConversation {

  private final InputStream input;

  private RedisConversation(InputStream input) {
    this.input = input;
  }

  /// Sends a command to the Redis on this port of loopback.
  ///
  /// @return the reply; `(nil)` for a missing value, a line for each element of a list
  /// @throws IllegalStateException when the reply is an error
  static String send(int port, String... words) throws IOException {
    try (Socket socket = LoopbackPorts.connect(port)) {
      socket.getOutputStream().write(request(words));
      return new RedisConversation(new BufferedInputStream(socket.getInputStream())).reply();
    }
  }

  /// Returns whether a Redis that is ready for commands listens on the port.
  static boolean isAnsweredOn(int port) {
    try {
      return send(port, "PING").equals("PONG");
    } catch (IOException | IllegalStateException e) {
      // The second one is its reply while it is loading its files.
      return false;
    }
  }

  private static byte[] request(String... words) {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(line("*" + words.length));
    for (String word : words) {
      byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
      request.writeBytes(line("$" + bytes.length));
      request.writeBytes(bytes);
      request.writeBytes(line(""));
    }
    return request.toByteArray();
  }

  private static byte[] line(String text) {
    return (text + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  private String reply() throws IOException {
    String line = line();
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+', ':' -> rest;
      case '$' -> text(Integer.parseInt(rest));
      case '*' -> list(Integer.parseInt(rest));
      case '-' -> throw new IllegalStateException("Redis: " + rest);
      default -> throw new IOException("not a Redis reply: " + line);
    };
  }

  private String text(int length) throws IOException {
    if (length < 0) {
      return "(nil)";
    }
    String text = new String(input.readNBytes(length), StandardCharsets.UTF_8);
    input.skipNBytes(2);
    return text;
  }

  private String list(int length) throws IOException {
    List<String> elements = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      elements.add(reply());
    }
    return String.join("\n", elements);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = input.read(); next != '\r'; next = input.read()) {
      if (next < 0) {
        throw new EOFException("Redis closed the connection");
      }
      line.write(next);
    }
    input.skipNBytes(1);
    return line.toString(StandardCharsets.UTF_8);
  }
}

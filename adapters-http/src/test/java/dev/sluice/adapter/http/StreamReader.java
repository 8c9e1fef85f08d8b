package dev.sluice.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads a stream of changes from a plain socket, chunk by chunk.
final class StreamReader implements AutoCloseable {

  private final Socket socket = new Socket();
  private final StringBuilder text = new StringBuilder();
  private String head = "";

  /// A message: its fields by name; a comment's name is empty.
  record Message(Map<String, String> fields) {

    String name() {
      return fields.getOrDefault("event", "");
    }

    String id() {
      return fields.getOrDefault("id", "");
    }

    JsonNode data() {
      return Answer.read(fields.getOrDefault("data", ""));
    }

    String text(String member) {
      return data().path(member).asText();
    }
  }

  private StreamReader(int port, int receiveBuffer, String pathAndQuery, String headers) {
    try {
      if (receiveBuffer > 0) {
        socket.setReceiveBufferSize(receiveBuffer);
      }
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.setSoTimeout((int) TestServer.CLIENT_TIMEOUT.toMillis());
      String request =
          "GET " + pathAndQuery + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Opens a stream and reads the head of the response and the first message.
  static StreamReader open(TestServer server, String query, String headers) {
    var reader = new StreamReader(server.http().port(), 0, "/events/stream" + query, headers);
    reader.head = reader.readHead();
    return reader;
  }

  static StreamReader open(TestServer server) {
    return open(server, "", "");
  }

  /// Opens a stream and reads nothing.
  static StreamReader thatDoesNotRead(TestServer server) {
    return new StreamReader(server.http().port(), 4 * 1024, "/events/stream", "");
  }

  String head() {
    return head;
  }

  private String readHead() {
    var lines = new StringBuilder();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      lines.append(line).append('\n');
    }
    return lines.toString();
  }

  /// Waits for the next message of any kind.
  Message next() {
    for (int end = text.indexOf("\n\n"); end < 0; end = text.indexOf("\n\n")) {
      text.append(readChunk());
    }
    int end = text.indexOf("\n\n");
    var fields = new LinkedHashMap<String, String>();
    for (String line : text.substring(0, end).split("\n", -1)) {
      int colon = line.indexOf(": ");
      fields.put(line.substring(0, colon), line.substring(colon + 2));
    }
    text.delete(0, end + 2);
    return new Message(fields);
  }

  /// Waits for the next message of this kind.
  Message next(String name) {
    Message message = next();
    while (!message.name().equals(name)) {
      message = next();
    }
    return message;
  }

  /// Waits for the next changes.
  List<Message> changes(int count) {
    List<Message> changes = new ArrayList<>();
    while (changes.size() < count) {
      changes.add(next("change"));
    }
    return changes;
  }

  /// Reads to the end of the response; fails if the end is malformed.
  void readToTheEnd() {
    String chunk = readChunk();
    while (!chunk.isEmpty()) {
      chunk = readChunk();
    }
    if (read() >= 0) {
      throw new AssertionError("the connection goes on");
    }
  }

  private String readChunk() {
    int size = Integer.parseInt(readLine(), 16);
    try {
      InputStream in = socket.getInputStream();
      String chunk = new String(in.readNBytes(size), UTF_8);
      if (!readLine().isEmpty()) {
        throw new AssertionError("a chunk is longer than it says");
      }
      return chunk;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String readLine() {
    var line = new StringBuilder();
    for (int read = read(); read != '\n'; read = read()) {
      if (read < 0) {
        throw new UncheckedIOException(new IOException("ends after: " + line));
      }
      line.append((char) read);
    }
    return line.toString().strip();
  }

  private int read() {
    try {
      return socket.getInputStream().read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

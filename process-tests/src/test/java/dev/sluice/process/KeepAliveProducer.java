package dev.sluice.process;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A producer that sends over one connection and sees everything that happens on it; an HTTP client
/// would hide failures by retrying.
final class KeepAliveProducer implements AutoCloseable {

  private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)");
  private static final int LIMIT_MS = 30_000;

  private final Socket socket;
  private final InputStream answers;

  /// A complete response.
  ///
  /// @param status its status
  /// @param head status line and headers, in lower case
  record Answer(int status, String head) {}

  KeepAliveProducer(URI address) throws IOException {
    this.socket = new Socket(InetAddress.getByName(address.getHost()), address.getPort());
    socket.setSoTimeout(LIMIT_MS);
    this.answers = new BufferedInputStream(socket.getInputStream());
  }

  /// Sends an event and reads the response.
  Answer post(String json) throws IOException {
    write(head(json.length()) + json);
    return read();
  }

  /// Returns the head of a request for an event of this length.
  static String head(int length) {
    return "POST /events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        + "Content-Length: "
        + length
        + "\r\n\r\n";
  }

  /// Sends some bytes of a request.
  void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /// Reads one response.
  ///
  /// @throws EOFException if the connection ended before the response began
  /// @throws AssertionError if it ended within the response
  Answer read() throws IOException {
    var head = new ByteArrayOutputStream();
    String text = "";
    while (!text.endsWith("\r\n\r\n")) {
      int next = answers.read();
      if (next < 0 && head.size() == 0) {
        throw new EOFException("closed between two answers");
      }
      if (next < 0) {
        throw new AssertionError("the answer ends in its head: " + text);
      }
      head.write(next);
      text = next == '\n' ? head.toString(StandardCharsets.US_ASCII) : "";
    }
    String lower = text.toLowerCase(Locale.ROOT);
    Matcher length = LENGTH.matcher(lower);
    int expected = length.find() ? Integer.parseInt(length.group(1)) : 0;
    if (answers.readNBytes(expected).length < expected) {
      throw new AssertionError("the answer ends in its body: " + text);
    }
    return new Answer(Integer.parseInt(text.substring(9, 12)), lower);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

package dev.sluice.adapter.http.helidon;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sluice.adapter.http.RequestPermit;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.io.ByteArrayOutputStream;

/// Tracks whether the response to the current request has begun, and corrects what Helidon gets
/// wrong in responses: those without content have no length (RFC 9110, 8.6), HTTP/1.0 clients get
/// no chunks, and HEAD on a probe gets no content.
final class AnswerWriter implements DataWriter {

  private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII);
  private static final int STATUS_AT = "HTTP/1.1 ".length();
  private static final String CHUNKED = "(?i)\r\nTransfer-Encoding: *chunked(?=\r\n)";
  private static final String LENGTH = "(?i)\r\nContent-Length: *0(?=\r\n)";
  private static final String HEAD_END = "\r\n\r\n";

  private final DataWriter target;
  private final RequestPermit permit;
  private boolean hasBegun;
  private boolean isOld;
  private boolean isHeadOnly;
  private boolean isChunked;
  private int chunkLeft;
  private int sizeRead;
  private boolean isSizeRead;

  /// @param permit released before each write
  AnswerWriter(DataWriter target, RequestPermit permit) {
    this.target = target;
    this.permit = permit;
  }

  /// Expects the response to the next request.
  ///
  /// @param request the first line of the request
  void expect(RequestLine request) {
    permit.begin();
    hasBegun = false;
    isOld = request.isOld();
    isHeadOnly = request.isHeadOfProbe();
    isChunked = false;
  }

  /// Expects the response to something that is not a request.
  void expectRefusal() {
    hasBegun = false;
    isOld = false;
    isHeadOnly = false;
    isChunked = false;
  }

  boolean hasBegun() {
    return hasBegun;
  }

  /// Asks the client to send the body, with 100 Continue.
  void askForBody() {
    target.writeNow(BufferData.create(CONTINUE));
  }

  @Override
  public void write(BufferData... buffers) {
    writeNow(buffers);
  }

  @Override
  public void write(BufferData buffer) {
    target.write(corrected(buffer));
  }

  @Override
  public void writeNow(BufferData... buffers) {
    for (BufferData buffer : buffers) {
      writeNow(buffer);
    }
  }

  @Override
  public void writeNow(BufferData buffer) {
    target.writeNow(corrected(buffer));
  }

  @Override
  public void flush() {
    target.flush();
  }

  @Override
  public void close() {
    target.close();
  }

  private BufferData corrected(BufferData buffer) {
    permit.release();
    if (hasBegun) {
      if (isHeadOnly) {
        return BufferData.empty();
      }
      return isChunked ? BufferData.create(withoutFrames(buffer.readBytes())) : buffer;
    }
    hasBegun = true;
    return isOld || isHeadOnly || isWithoutContent(buffer)
        ? correctedHead(buffer.readBytes())
        : buffer;
  }

  private static boolean isWithoutContent(BufferData head) {
    if (head.available() <= STATUS_AT + 2) {
      return false;
    }
    int first = head.get(STATUS_AT);
    int second = head.get(STATUS_AT + 1);
    return (first == '2' || first == '3') && second == '0' && head.get(STATUS_AT + 2) == '4';
  }

  private BufferData correctedHead(byte[] answer) {
    String text = new String(answer, ISO_8859_1);
    int end = text.indexOf(HEAD_END) + 2;
    String head = correctedFields(text.substring(0, end));
    var corrected = new ByteArrayOutputStream(answer.length);
    corrected.writeBytes(head.getBytes(ISO_8859_1));
    corrected.writeBytes("\r\n".getBytes(US_ASCII));
    if (isHeadOnly) {
      return BufferData.create(corrected.toByteArray());
    }
    byte[] rest = text.substring(end + 2).getBytes(ISO_8859_1);
    corrected.writeBytes(isChunked ? withoutFrames(rest) : rest);
    return BufferData.create(corrected.toByteArray());
  }

  private String correctedFields(String head) {
    if (isOld) {
      String plain = head.replaceFirst(CHUNKED, "");
      isChunked = !plain.equals(head);
      isSizeRead = false;
      sizeRead = 0;
      return plain;
    }
    return isHeadOnly ? head : head.replaceFirst(LENGTH, "");
  }

  /// Returns the content of Helidon's chunks, which have no extensions and no trailers.
  private byte[] withoutFrames(byte[] chunks) {
    var content = new ByteArrayOutputStream(chunks.length);
    for (int index = 0; index < chunks.length; ) {
      if (isSizeRead) {
        int length = Math.min(chunkLeft, chunks.length - index);
        int data = Math.max(0, Math.min(length, chunkLeft - Ascii.CRLF));
        content.write(chunks, index, data);
        index += length;
        chunkLeft -= length;
        isSizeRead = chunkLeft > 0;
      } else {
        readSize(chunks[index++]);
      }
    }
    return content.toByteArray();
  }

  private void readSize(byte value) {
    if (value == '\n') {
      chunkLeft = sizeRead + Ascii.CRLF;
      sizeRead = 0;
      isSizeRead = true;
    } else if (value != '\r') {
      sizeRead = sizeRead * 16 + Ascii.hexDigit(value);
    }
  }
}

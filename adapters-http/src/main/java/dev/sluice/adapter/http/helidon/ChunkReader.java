package dev.sluice.adapter.http.helidon;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;

/// Reads a chunked body strictly (RFC 9112, 7.1) and returns what has arrived as one plain chunk,
/// so that no chunk is held as a whole, whatever size it announces. Extensions and trailers are
/// skipped; no route uses them.
final class ChunkReader {

  private static final int MAX_SIZE_DIGITS = 15;
  private static final int MAX_OVERHEAD = 16 * 1024;
  private static final byte[] END = "0\r\n\r\n".getBytes(US_ASCII);

  private enum Part {
    SIZE,
    SPACE,
    EXTENSION,
    SIZE_END,
    DATA,
    DATA_END,
    DATA_END_LF,
    TRAILER_START,
    TRAILER_NAME,
    TRAILER,
    TRAILER_END,
    LAST_LF,
    OVER
  }

  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private Part part = Part.OVER;
  private long size;
  private int digits;
  private int overhead;
  private int position;

  /// Starts a new body.
  void begin() {
    part = Part.SIZE;
    size = 0;
    digits = 0;
    overhead = 0;
  }

  boolean isOver() {
    return part == Part.OVER;
  }

  /// Returns the position that [#read] reached.
  int position() {
    return position;
  }

  /// Reads from `start` up to the end of the body or to `limit`.
  ///
  /// @return its content as a plain chunk, followed by the last chunk when the body ends; may be
  ///   empty
  /// @throws MalformedHeadException when the framing is malformed
  byte[] read(byte[] bytes, int start, int limit) {
    data.reset();
    position = start;
    while (position < limit && part != Part.OVER) {
      if (part == Part.DATA) {
        copy(bytes, limit);
      } else {
        part = after(bytes[position++]);
      }
    }
    return encoded();
  }

  private void copy(byte[] bytes, int limit) {
    int length = (int) Math.min(size, limit - position);
    data.write(bytes, position, length);
    position += length;
    size -= length;
    if (size == 0) {
      part = Part.DATA_END;
    }
  }

  private byte[] encoded() {
    var encoded = new ByteArrayOutputStream(data.size() + 2 * MAX_SIZE_DIGITS);
    if (data.size() > 0) {
      encoded.writeBytes((Integer.toHexString(data.size()) + "\r\n").getBytes(US_ASCII));
      encoded.writeBytes(data.toByteArray());
      encoded.write('\r');
      encoded.write('\n');
    }
    if (isOver()) {
      encoded.writeBytes(END);
    }
    return encoded.toByteArray();
  }

  private Part after(byte value) {
    return switch (part) {
      case SIZE -> afterSize(value);
      case SPACE -> afterSpace(value);
      case EXTENSION -> afterText(value, Part.EXTENSION, Part.SIZE_END);
      case SIZE_END -> size == 0 ? lineFeed(value, Part.TRAILER_START) : lineFeed(value, Part.DATA);
      case DATA_END -> require(value, '\r', Part.DATA_END_LF);
      case DATA_END_LF -> {
        digits = 0;
        yield lineFeed(value, Part.SIZE);
      }
      case TRAILER_START -> value == '\r' ? Part.LAST_LF : requireToken(value, Part.TRAILER_NAME);
      case TRAILER_NAME -> value == ':' ? Part.TRAILER : requireToken(value, Part.TRAILER_NAME);
      case TRAILER -> afterText(value, Part.TRAILER, Part.TRAILER_END);
      case TRAILER_END -> lineFeed(value, Part.TRAILER_START);
      case LAST_LF -> lineFeed(value, Part.OVER);
      case DATA, OVER -> throw new IllegalStateException("no framing is read in " + part);
    };
  }

  private Part afterSize(byte value) {
    int digit = Ascii.hexDigit(value);
    if (digit >= 0) {
      size = size * 16 + digit;
      if (++digits > MAX_SIZE_DIGITS) {
        throw malformed();
      }
      return Part.SIZE;
    }
    if (digits == 0) {
      throw malformed();
    }
    return value == '\r' ? Part.SIZE_END : afterSpace(value);
  }

  private Part afterSpace(byte value) {
    return switch (value) {
      case ' ', '\t' -> requireRoom(Part.SPACE);
      case ';' -> Part.EXTENSION;
      default -> throw malformed();
    };
  }

  private Part requireRoom(Part next) {
    if (++overhead > MAX_OVERHEAD) {
      throw malformed();
    }
    return next;
  }

  private Part afterText(byte value, Part same, Part end) {
    if (value == '\r') {
      return end;
    }
    if (!Ascii.isFieldContent(value)) {
      throw malformed();
    }
    return requireRoom(same);
  }

  private Part requireToken(byte value, Part next) {
    if (!Ascii.isToken(value)) {
      throw malformed();
    }
    return requireRoom(next);
  }

  private static Part lineFeed(byte value, Part next) {
    return require(value, '\n', next);
  }

  private static Part require(byte value, char wanted, Part next) {
    if (value != wanted) {
      throw malformed();
    }
    return next;
  }

  private static MalformedHeadException malformed() {
    return new MalformedHeadException("Fix the framing of the body: its chunks are malformed.");
  }
}

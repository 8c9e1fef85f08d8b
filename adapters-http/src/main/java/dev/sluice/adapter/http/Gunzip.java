package dev.sluice.adapter.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/// Decompresses a gzip body (RFC 1952): all its members, each verified, with no bytes after the
/// last.
///
/// The JDK's own stream uses `available()` to decide whether another member follows, which a socket
/// cannot know, and ignores bytes after the last one.
final class Gunzip extends InputStream {

  /// Most decompressed bytes for each compressed one; real content has ten to fifty.
  static final int MAX_RATIO = 200;

  /// Up to this length any ratio is allowed.
  private static final long ANY_RATIO = 256 * 1024;

  private static final int BLOCK = 8 * 1024;
  private static final int MAGIC = 0x8B1F;
  private static final int DEFLATE = 8;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xE0;

  private final InputStream packed;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final byte[] block = new byte[BLOCK];
  private int at;
  private int end;
  private long packedBytes;
  private long unpackedBytes;
  private boolean isInMember;
  private boolean isOver;

  Gunzip(InputStream packed) {
    this.packed = packed;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int start, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!isOver) {
      if (!isInMember && !beginMember()) {
        isOver = true;
        break;
      }
      int read = inflate(target, start, length);
      if (read > 0) {
        count(target, start, read);
        return read;
      }
    }
    return -1;
  }

  private int inflate(byte[] target, int start, int length) throws IOException {
    try {
      int read = inflater.inflate(target, start, length);
      if (read > 0) {
        return read;
      }
      endMemberOrRefill();
      return 0;
    } catch (DataFormatException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  private void endMemberOrRefill() throws IOException {
    if (inflater.finished()) {
      at = end - inflater.getRemaining();
      endMember();
    } else if (inflater.needsDictionary()) {
      throw new ZipException("needs a dictionary");
    } else {
      // The inflater has consumed the block and needs more.
      fillOrFail();
      inflater.setInput(block, at, end - at);
    }
  }

  /// Counts decompressed bytes and includes them in the checksum.
  private void count(byte[] target, int start, int length) {
    checksum.update(target, start, length);
    unpackedBytes += length;
    requireRatio();
  }

  private void requireRatio() {
    if (unpackedBytes > ANY_RATIO && unpackedBytes / MAX_RATIO > packedBytes) {
      throw new ProblemException(
          Problem.of(
              ProblemCode.PAYLOAD_TOO_LARGE,
              "Send the body without Content-Encoding: a gzip body may expand to at most "
                  + MAX_RATIO
                  + " times its size."));
    }
  }

  /// @return false when the body ends here
  private boolean beginMember() throws IOException {
    if (at == end && !fill()) {
      if (packedBytes == 0) {
        throw invalid("the body is empty");
      }
      return false;
    }
    readHeader();
    inflater.reset();
    checksum.reset();
    inflater.setInput(block, at, end - at);
    isInMember = true;
    return true;
  }

  private void readHeader() throws IOException {
    if (next16() != MAGIC || next() != DEFLATE) {
      throw invalid("a gzip header is missing");
    }
    int flags = next();
    if ((flags & RESERVED) != 0) {
      throw invalid("the header has unknown flags");
    }
    // Modification time, extra flags and operating system.
    skip(6);
    skipOptionalFields(flags);
  }

  private void skipOptionalFields(int flags) throws IOException {
    if ((flags & EXTRA) != 0) {
      skip(next16());
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      skip(2);
    }
  }

  private void endMember() throws IOException {
    long wantedChecksum = next16() | (long) next16() << 16;
    long wantedLength = next16() | (long) next16() << 16;
    if (wantedChecksum != checksum.getValue()
        || wantedLength != (inflater.getBytesWritten() & 0xFFFF_FFFFL)) {
      throw invalid("the checksum or the length does not match the content");
    }
    isInMember = false;
  }

  private void skipText() throws IOException {
    while (next() != 0) {
      // Up to the terminating zero.
    }
  }

  private void skip(int bytes) throws IOException {
    for (int index = 0; index < bytes; index++) {
      next();
    }
  }

  private int next16() throws IOException {
    int low = next();
    return low | next() << 8;
  }

  private int next() throws IOException {
    if (at == end) {
      fillOrFail();
    }
    return block[at++] & 0xFF;
  }

  private void fillOrFail() throws IOException {
    if (!fill()) {
      throw invalid("it ends too early");
    }
  }

  private boolean fill() throws IOException {
    int read = packed.read(block, 0, block.length);
    at = 0;
    end = Math.max(0, read);
    packedBytes += end;
    return read > 0;
  }

  private static ZipException invalid(String why) {
    return new ZipException(
        "Compress the body again, or send it without Content-Encoding; it is not valid gzip: "
            + why
            + ".");
  }

  /// Releases the inflater; does not close the compressed stream.
  @Override
  public void close() {
    inflater.end();
    isOver = true;
  }
}

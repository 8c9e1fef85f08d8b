package dev.sluice.adapter.http.route;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/// Buffers bytes until they are read: a few in memory, many in a temporary file.
///
/// The response to a batch starts only when the whole batch has been read, because many clients do
/// not read before they have sent everything; writing results meanwhile could leave both sides
/// waiting for each other.
///
/// A file that cannot be written must not prevent the response: by then the events are stored.
/// Writing therefore never fails; the content is lost instead, and [#isLost] reports it.
final class Spool extends OutputStream {

  private static final int MAX_IN_MEMORY = 256 * 1024;
  private static final int BUFFER = 64 * 1024;

  private final SpoolFolder folder;
  private final ByteArrayOutputStream memory = new ByteArrayOutputStream(1024);
  private @Nullable FileChannel file;
  private @Nullable ByteBuffer buffer;
  private long taken;
  private boolean isFull;
  private boolean isLost;

  Spool(SpoolFolder folder) {
    this.folder = folder;
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int start, int length) {
    if (isLost) {
      return;
    }
    try {
      if (file == null && memory.size() + length <= MAX_IN_MEMORY) {
        memory.write(bytes, start, length);
      } else {
        toFile(bytes, start, length);
      }
    } catch (IOException e) {
      isLost = true;
      memory.reset();
      folder.failed(e);
    }
  }

  private void toFile(byte[] bytes, int start, int length) throws IOException {
    ByteBuffer pending = buffer;
    if (pending == null) {
      file = folder.open();
      pending = ByteBuffer.allocate(BUFFER);
      buffer = pending;
      byte[] before = memory.toByteArray();
      memory.reset();
      put(pending, before, 0, before.length);
    }
    put(pending, bytes, start, length);
  }

  private void put(ByteBuffer pending, byte[] bytes, int start, int length) throws IOException {
    int at = start;
    while (at < start + length) {
      int piece = Math.min(pending.remaining(), start + length - at);
      pending.put(bytes, at, piece);
      at += piece;
      if (!pending.hasRemaining()) {
        writeOut(pending);
      }
    }
  }

  private void writeOut(ByteBuffer pending) throws IOException {
    if (file == null) {
      return;
    }
    pending.flip();
    // Bytes over the limit are written all the same: the batch ends soon after isFull.
    isFull |= !folder.take(taken, pending.remaining());
    if (!isFull) {
      taken += pending.remaining();
    }
    while (pending.hasRemaining()) {
      file.write(pending);
    }
    pending.clear();
  }

  /// Whether the limit is reached: nothing long should follow.
  boolean isFull() {
    return isFull;
  }

  /// Whether the content is lost because the file could not be written.
  boolean isLost() {
    return isLost;
  }

  /// Returns the approximate number of bytes.
  long size() {
    return taken + memory.size();
  }

  /// Flushes the buffer, so that everything can be read.
  void finish() {
    try {
      if (buffer != null && !isLost) {
        writeOut(buffer);
      }
    } catch (IOException e) {
      isLost = true;
      folder.failed(e);
    }
  }

  /// Copies everything to `target`. Requires [#finish] before, and that nothing is lost.
  ///
  /// @throws IOException when the target cannot be written
  /// @throws IllegalStateException when the file cannot be read
  void copyTo(OutputStream target) throws IOException {
    if (file == null) {
      memory.writeTo(target);
      return;
    }
    byte[] block = new byte[BUFFER];
    long at = 0;
    for (int read = read(file, at, block); read > 0; read = read(file, at, block)) {
      target.write(block, 0, read);
      at += read;
    }
  }

  private static int read(FileChannel file, long at, byte[] block) {
    try {
      return file.read(ByteBuffer.wrap(block), at);
    } catch (IOException e) {
      throw new IllegalStateException("the results of a batch cannot be read back", e);
    }
  }

  /// Deletes the file and releases its space.
  @Override
  public void close() {
    folder.giveBack(taken);
    taken = 0;
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      folder.failed(e);
    }
  }
}

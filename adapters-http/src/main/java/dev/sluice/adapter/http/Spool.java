package dev.sluice.adapter.http;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Holds bytes until they are wanted: a few in memory, many in a temporary file.
///
/// A batch is answered only when all of it was read, because many clients do not read before they
/// have sent everything; writing results meanwhile could leave both sides waiting for each other.
final class Spool extends OutputStream {

  private static final int MAX_IN_MEMORY = 256 * 1024;

  private final ByteArrayOutputStream memory = new ByteArrayOutputStream(1024);
  private @Nullable Path file;
  private @Nullable OutputStream toFile;

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int start, int length) throws IOException {
    if (toFile != null) {
      toFile.write(bytes, start, length);
    } else if (memory.size() + length <= MAX_IN_MEMORY) {
      memory.write(bytes, start, length);
    } else {
      OutputStream opened = openFile();
      memory.writeTo(opened);
      opened.write(bytes, start, length);
      memory.reset();
    }
  }

  /// Writes everything to `target`.
  void copyTo(OutputStream target) throws IOException {
    if (toFile == null || file == null) {
      memory.writeTo(target);
      return;
    }
    toFile.flush();
    Files.copy(file, target);
  }

  private OutputStream openFile() throws IOException {
    Path created = Files.createTempFile("sluice-batch-", ".json");
    file = created;
    OutputStream opened = new BufferedOutputStream(Files.newOutputStream(created), 64 * 1024);
    toFile = opened;
    return opened;
  }

  /// Gives the file back.
  @Override
  public void close() throws IOException {
    if (toFile != null) {
      toFile.close();
    }
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}

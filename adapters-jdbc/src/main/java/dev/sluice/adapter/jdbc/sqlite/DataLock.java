package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.domain.port.PortException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps a second process from using the data. The operating system releases it when the process
/// ends, however it ends.
final class DataLock implements AutoCloseable {

  private final FileChannel channel;

  private DataLock(FileChannel channel) {
    this.channel = channel;
  }

  /// Acquires the lock.
  ///
  /// @throws PortException when another process holds it
  static DataLock of(SqliteSettings settings) throws IOException {
    return tryOf(settings)
        .orElseThrow(
            () ->
                new PortException(
                    "another Sluice uses the data in "
                        + settings.directory().toAbsolutePath()
                        + ": stop it, or set DATA_DIR to another folder"));
  }

  /// Acquires the lock, unless another process holds it.
  static Optional<DataLock> tryOf(SqliteSettings settings) throws IOException {
    Path file = settings.lockFile();
    PrivateFiles.make(file);
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = tryLock(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    if (lock == null) {
      channel.close();
      return Optional.empty();
    }
    return Optional.of(new DataLock(channel));
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // This process holds it already.
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

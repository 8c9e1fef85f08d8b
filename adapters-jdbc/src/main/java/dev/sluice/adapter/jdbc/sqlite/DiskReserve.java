package dev.sluice.adapter.jdbc.sqlite;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file that holds room on a disk that runs full. It is made while there is still room for it,
/// and deleted when that room is needed.
final class DiskReserve {

  private static final System.Logger LOG = System.getLogger(DiskReserve.class.getName());

  private static final long LARGEST = 32 << 20;

  private static final long UNKNOWN = 1L << 60;

  /// Of a small disk, an eighth.
  private static final int SHARE = 8;

  private static final int BLOCK = 1 << 18;

  private final Path file;
  private final Space space;
  private boolean isHeld;

  /// Tells how full a disk is.
  interface Space {
    long usable() throws IOException;

    long total() throws IOException;

    static Space of(Path directory) {
      return new Space() {
        @Override
        public long usable() throws IOException {
          return store().getUsableSpace();
        }

        @Override
        public long total() throws IOException {
          return store().getTotalSpace();
        }

        private FileStore store() throws IOException {
          return Files.getFileStore(directory);
        }
      };
    }
  }

  DiskReserve(Path file, Space space) {
    this.file = file;
    this.space = space;
    this.isHeld = Files.exists(file);
  }

  /// Before the storage is opened: what that writes must fit.
  void releaseWhenLow() {
    if (isHeld && usable() < size()) {
      release();
    }
  }

  /// How much may be written besides; very much where the disk does not say.
  long usable() {
    try {
      return space.usable();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "cannot tell how full the disk is", e);
      return UNKNOWN;
    }
  }

  boolean isHeld() {
    return isHeld;
  }

  /// Makes the file, unless that would leave less than it takes itself.
  ///
  /// @return whether the room is held
  boolean hold() {
    if (!isHeld && usable() >= 2 * size()) {
      try {
        write();
        isHeld = true;
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "no room for a reserve: " + e.getMessage());
        release();
      }
    }
    return isHeld;
  }

  private void write() throws IOException {
    long size = size();
    PrivateFiles.make(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (long written = 0; written < size; ) {
        written += channel.write(ByteBuffer.allocate((int) Math.min(BLOCK, size - written)));
      }
      channel.force(true);
    }
  }

  private long size() {
    try {
      return Math.min(LARGEST, space.total() / SHARE);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "cannot tell how large the disk is", e);
      return LARGEST;
    }
  }

  void release() {
    try {
      Files.deleteIfExists(file);
      isHeld = false;
    } catch (IOException e) {
      LOG.log(Level.WARNING, "cannot give up the reserve " + file + ": " + e.getMessage());
    }
  }
}

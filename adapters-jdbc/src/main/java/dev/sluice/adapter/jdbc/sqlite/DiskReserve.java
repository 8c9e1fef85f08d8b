package dev.sluice.adapter.jdbc.sqlite;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file that reserves space on a disk that fills up. It is created while there is still space for
/// it, and deleted when that space is needed.
final class DiskReserve {

  private static final System.Logger LOG = System.getLogger(DiskReserve.class.getName());

  private static final long LARGEST = 32 << 20;

  private static final long UNKNOWN = 1L << 60;

  /// On a small disk the reserve takes the disk's size divided by this.
  private static final int SHARE = 8;

  private static final int BLOCK = 1 << 18;

  private final Path file;
  private final Space space;
  private boolean isHeld;

  /// Reports how full a disk is.
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

  /// Deletes the file when the disk is nearly full. Called before the storage is opened, whose
  /// writes must fit.
  void releaseWhenLow() {
    if (isHeld && usable() < size()) {
      release();
    }
  }

  /// Returns the free bytes beside the reserve; a very large number when the disk does not report
  /// it.
  long usable() {
    try {
      return space.usable();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "cannot read how full the disk is", e);
      return UNKNOWN;
    }
  }

  boolean isHeld() {
    return isHeld;
  }

  /// Creates the file, unless that would leave less space than it takes itself.
  ///
  /// @return whether the space is reserved
  boolean hold() {
    if (!isHeld && usable() >= 2 * size()) {
      try {
        write();
        isHeld = true;
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "cannot create the reserve: " + e.getMessage());
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
      LOG.log(Level.DEBUG, "cannot read how large the disk is", e);
      return LARGEST;
    }
  }

  void release() {
    try {
      Files.deleteIfExists(file);
      isHeld = false;
    } catch (IOException e) {
      LOG.log(Level.WARNING, "cannot delete the reserve " + file + ": " + e.getMessage());
    }
  }
}

package dev.sluice.adapter.http.route;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// The folder for results of batches that are too large for memory, and its quota.
final class SpoolFolder {

  private static final System.Logger LOG = System.getLogger(SpoolFolder.class.getName());
  private static final long LOG_PAUSE = Duration.ofSeconds(1).toNanos();

  /// The least quota, so that a small limit for streams does not truncate the responses to ordinary
  /// batches.
  private static final long LEAST = 16L << 20;

  private final Path folder;
  private final long maxBytesEach;
  private final long maxBytes;
  private final LongSupplier nanoTime;
  private final AtomicLong used = new AtomicLong();
  private final AtomicLong logAgainAt;

  /// @param maxStreamBytes most bytes of one request; its results may take about as many, and those
  ///   of all requests twice as many
  SpoolFolder(Path folder, long maxStreamBytes, LongSupplier nanoTime) {
    this.folder = folder;
    this.maxBytesEach = Math.clamp(maxStreamBytes, LEAST, Long.MAX_VALUE / 4);
    this.maxBytes = maxBytesEach * 2;
    this.nanoTime = nanoTime;
    this.logAgainAt = new AtomicLong(nanoTime.getAsLong());
  }

  /// Returns the JVM's folder for temporary files.
  static SpoolFolder standard(long maxStreamBytes) {
    return new SpoolFolder(
        Path.of(System.getProperty("java.io.tmpdir")), maxStreamBytes, System::nanoTime);
  }

  /// Opens a temporary file that is deleted when it is closed, and when the process ends.
  FileChannel open() throws IOException {
    return FileChannel.open(
        folder.resolve("sluice-batch-" + UUID.randomUUID() + ".json"),
        StandardOpenOption.CREATE_NEW,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  /// Reserves space for more bytes of one file.
  ///
  /// @param before the bytes already reserved for the file
  /// @return whether that much is free
  boolean take(long before, long more) {
    if (before + more > maxBytesEach) {
      return false;
    }
    if (used.addAndGet(more) > maxBytes) {
      used.addAndGet(-more);
      return false;
    }
    return true;
  }

  void giveBack(long bytes) {
    used.addAndGet(-bytes);
  }

  /// Returns the reserved bytes of all files.
  long used() {
    return used.get();
  }

  /// Checks whether a file can be written.
  ///
  /// @return what prevents it, if anything
  Optional<String> problem() {
    try (FileChannel file = open()) {
      file.write(ByteBuffer.wrap(new byte[] {1}));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          "cannot write temporary files in "
              + folder
              + " ("
              + e
              + "): responses to batches with more than about 3,000 results will only have counts;"
              + " make the folder writable, or choose another one with -Djava.io.tmpdir=…");
    }
  }

  /// Logs that results were lost, at most once a second: a full disk affects every batch.
  void failed(IOException cause) {
    long now = nanoTime.getAsLong();
    long due = logAgainAt.get();
    if (now - due >= 0 && logAgainAt.compareAndSet(due, now + LOG_PAUSE)) {
      LOG.log(
          Level.ERROR,
          "cannot write the results of a batch in "
              + folder
              + "; its response only has counts: free disk space there",
          cause);
    }
  }
}

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

/// The folder in which results of batches wait when there are too many for memory, and how much of
/// it may be used.
final class SpoolFolder {

  private static final System.Logger LOG = System.getLogger(SpoolFolder.class.getName());
  private static final long LOG_PAUSE = Duration.ofSeconds(1).toNanos();

  /// Small limits for streams must not keep ordinary batches from being answered in full.
  private static final long LEAST = 16L << 20;

  private final Path folder;
  private final long maxBytesEach;
  private final long maxBytes;
  private final LongSupplier nanoTime;
  private final AtomicLong used = new AtomicLong();
  private final AtomicLong logAgainAt;

  /// @param maxStreamBytes most bytes of one request: its results may take about as many, and those
  ///   of all requests twice as many
  SpoolFolder(Path folder, long maxStreamBytes, LongSupplier nanoTime) {
    this.folder = folder;
    this.maxBytesEach = Math.clamp(maxStreamBytes, LEAST, Long.MAX_VALUE / 4);
    this.maxBytes = maxBytesEach * 2;
    this.nanoTime = nanoTime;
    this.logAgainAt = new AtomicLong(nanoTime.getAsLong());
  }

  /// The folder that the JVM was given for temporary files.
  static SpoolFolder standard(long maxStreamBytes) {
    return new SpoolFolder(
        Path.of(System.getProperty("java.io.tmpdir")), maxStreamBytes, System::nanoTime);
  }

  /// Opens a file that has no name: it is gone when it is closed, and when the process ends.
  FileChannel open() throws IOException {
    return FileChannel.open(
        folder.resolve("sluice-batch-" + UUID.randomUUID() + ".json"),
        StandardOpenOption.CREATE_NEW,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  /// Takes room for more bytes of one file.
  ///
  /// @param before how many bytes the file has
  /// @return whether there is as much
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

  /// Bytes that files have now.
  long used() {
    return used.get();
  }

  /// Tries whether a file can be written.
  ///
  /// @return what stands in the way, if anything
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
              + "): batches with more than about 3,000 results will be answered with counts alone;"
              + " make the folder writable, or name another with -Djava.io.tmpdir=…");
    }
  }

  /// Logs that results were lost, once a second at most: a full disk meets every batch.
  void failed(IOException cause) {
    long now = nanoTime.getAsLong();
    long due = logAgainAt.get();
    if (now - due >= 0 && logAgainAt.compareAndSet(due, now + LOG_PAUSE)) {
      LOG.log(
          Level.ERROR,
          "cannot keep the results of a batch in "
              + folder
              + "; it is answered with counts alone: make room there",
          cause);
    }
  }
}

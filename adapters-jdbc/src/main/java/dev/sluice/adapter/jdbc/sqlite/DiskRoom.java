package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.Statements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/// Keeps space free on the disk for what must continue when it is full: settling, retention and the
/// next start. New events are refused while that space would be needed to store them.
///
/// A transaction is written twice: to the write-ahead log, and from there to the database, which
/// grows only then. So the content of the log needs space too; without it the log can never be
/// emptied, and the storage would stay full however much retention deletes.
///
/// Used by the writer's thread, except [#isFull].
final class DiskRoom {

  /// Kept free for small transactions, beside the reserve.
  private static final long SLACK = 256 << 10;

  /// Above this, it is enough to look once a second.
  private static final long PLENTY = 1L << 30;

  private static final long BETWEEN_LOOKS = Duration.ofSeconds(1).toNanos();

  private final SqliteSettings settings;
  private final DiskReserve reserve;
  private final Statements statements;

  /// Free bytes as of the last look, less what was stored since.
  private long left;

  private long lastLook = System.nanoTime() - BETWEEN_LOOKS;
  private volatile boolean isFull;

  DiskRoom(SqliteSettings settings, DiskReserve reserve, Statements statements) {
    this.settings = settings;
    this.reserve = reserve;
    this.statements = statements;
  }

  /// Returns whether events that take `bytes` can be stored. Called within a transaction.
  boolean isEnoughFor(long bytes) throws SQLException {
    // Indexes and half-filled pages add half as much again, in the log and in the database.
    long needed = bytes + bytes / 2 + SLACK;
    left -= 2 * needed;
    if (isFull || left < PLENTY || System.nanoTime() - lastLook > BETWEEN_LOOKS) {
      left = look();
      isFull = left < needed || leftAfterGrowth(needed) < 0;
      left -= 2 * needed;
    }
    return !isFull;
  }

  /// Records that the disk refused a write, and deletes the reserve, so that all but new events
  /// continues.
  void wasRefused() {
    isFull = true;
    reserve.release();
  }

  /// Returns whether new events are refused for lack of space.
  boolean isFull() {
    return isFull;
  }

  /// Looks again, and recreates the reserve where there is space for it, also when no events are
  /// stored.
  void check() throws SQLException {
    left = look();
    isFull = left < SLACK || leftAfterGrowth(SLACK) < 0;
  }

  /// Returns the bytes that remain free when all of the log is copied.
  private long look() throws SQLException {
    lastLook = System.nanoTime();
    long usable = reserve.usable();
    if (usable < PLENTY && !reserve.isHeld()) {
      usable = reserve.hold() ? reserve.usable() : -1;
    }
    return usable - unwritten();
  }

  /// Returns by how much the database grows when all of the log is copied.
  private long unwritten() throws SQLException {
    long size = number("pragma page_count") * Connections.PAGE_BYTES;
    return Math.max(0, size - size(settings.file()));
  }

  private long leftAfterGrowth(long needed) throws SQLException {
    long free = number("pragma freelist_count") * Connections.PAGE_BYTES;
    return left - needed - Math.max(0, needed - free);
  }

  private long number(String pragma) throws SQLException {
    try (ResultSet row = statements.of(pragma).executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  /// Returns the size of the write-ahead log.
  long logBytes() {
    return size(settings.logFile());
  }
}

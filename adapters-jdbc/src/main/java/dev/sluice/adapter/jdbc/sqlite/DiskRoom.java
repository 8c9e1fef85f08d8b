package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.Statements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/// Keeps room on the disk for what must go on when it is full: settling, retention and the next
/// start. New events are refused while that room would be needed to store them.
///
/// A transaction is written twice: to the write-ahead log, and from there to the database, which
/// grows only then. So what the log holds already needs room too; without it the log can never be
/// emptied, and the storage would stay full however much retention deletes.
///
/// Used by the writer's thread, but for [#isFull].
final class DiskRoom {

  /// What is kept free for small transactions beside the reserve.
  private static final long SLACK = 256 << 10;

  /// While there is more than this, it is enough to look once in a while.
  private static final long PLENTY = 1L << 30;

  private static final long BETWEEN_LOOKS = Duration.ofSeconds(1).toNanos();

  private final SqliteSettings settings;
  private final DiskReserve reserve;
  private final Statements statements;

  /// As of the last look, less what was stored since.
  private long left;

  private long lastLook = System.nanoTime() - BETWEEN_LOOKS;
  private volatile boolean isFull;

  DiskRoom(SqliteSettings settings, DiskReserve reserve, Statements statements) {
    this.settings = settings;
    this.reserve = reserve;
    this.statements = statements;
  }

  /// Whether events that take `bytes` can be stored. Within a transaction.
  boolean isEnoughFor(long bytes) throws SQLException {
    // Indexes and half-filled pages make it half as much again, in the log and in the database.
    long needed = bytes + bytes / 2 + SLACK;
    left -= 2 * needed;
    if (isFull || left < PLENTY || System.nanoTime() - lastLook > BETWEEN_LOOKS) {
      left = look();
      isFull = left < needed || leftAfterGrowth(needed) < 0;
      left -= 2 * needed;
    }
    return !isFull;
  }

  /// The disk refused what was being written: the reserve is given up, so that all but new events
  /// goes on.
  void wasRefused() {
    isFull = true;
    reserve.release();
  }

  /// Whether nothing is stored for want of room.
  boolean isFull() {
    return isFull;
  }

  /// Looks again, and takes the reserve back where there is room for it: also where nobody stores
  /// anything.
  void check() throws SQLException {
    left = look();
    isFull = left < SLACK || leftAfterGrowth(SLACK) < 0;
  }

  /// What the disk has left when the log is written back.
  private long look() throws SQLException {
    lastLook = System.nanoTime();
    long usable = reserve.usable();
    if (usable < PLENTY && !reserve.isHeld()) {
      usable = reserve.hold() ? reserve.usable() : -1;
    }
    return usable - unwritten();
  }

  /// How much the database will grow when the log is written back.
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

  /// How large the write-ahead log is.
  long logBytes() {
    return size(settings.logFile());
  }
}

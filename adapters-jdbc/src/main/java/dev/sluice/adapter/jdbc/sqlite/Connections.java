package dev.sluice.adapter.jdbc.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;
import org.sqlite.SQLiteDataSource;

/// Opens connections with the settings that the storage's guarantees rely on.
final class Connections {

  static final int PAGE_BYTES = 8_192;

  /// In KiB when negative.
  private static final int WRITER_CACHE = -64 * 1024;

  private static final int READER_CACHE = -8 * 1024;

  /// A backup delays readers, never the writer. The only other writer is a command that manages
  /// keys or subscriptions, whose transactions are short.
  static final int BUSY_MILLIS = 5_000;

  private static final int LARGEST_IDLE_LOG = 64 << 20;

  /// The writer itself copies the log into the database when it has this many pages, or on a small
  /// disk when it takes [#LOG_SHARE] of it.
  private static final int MOST_LOG_PAGES = 4_000;

  /// The log may take the size of the disk divided by this.
  private static final int LOG_SHARE = 32;

  /// The checkpointer starts at the writer's limit divided by this: 8 MiB.
  private static final int CHECKPOINTER_SHARE = 4;

  private final Path file;

  Connections(Path file) {
    this.file = file;
  }

  /// Opens the connection that writes. Each commit forces the write-ahead log to disk.
  Connection writer() throws SQLException {
    SQLiteConfig config = config(WRITER_CACHE);
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    Connection connection = open(config);
    try (var statement = connection.createStatement()) {
      statement.execute("pragma wal_autocheckpoint = " + logPages());
      // Otherwise the log keeps its largest size, for example after a long backup.
      statement.execute("pragma journal_size_limit = " + LARGEST_IDLE_LOG);
      // On macOS a sync alone does not reach the drive; elsewhere these two do nothing.
      statement.execute("pragma fullfsync = on");
      statement.execute("pragma checkpoint_fullfsync = on");
    }
    return connection;
  }

  /// Opens the connection that copies the log into the database while the writer continues.
  Connection checkpointer() throws SQLException {
    SQLiteConfig config = config(READER_CACHE);
    config.setSynchronous(SynchronousMode.FULL);
    Connection connection = open(config);
    try (var statement = connection.createStatement()) {
      statement.execute("pragma wal_autocheckpoint = 0");
      statement.execute("pragma checkpoint_fullfsync = on");
    }
    return connection;
  }

  /// Returns at how many pages the [Checkpointer] copies the log.
  long logPagesToCopy() {
    return Math.max(1, logPages() / CHECKPOINTER_SHARE);
  }

  private long logPages() {
    try {
      long disk = Files.getFileStore(file.toAbsolutePath().getParent()).getTotalSpace();
      return Math.clamp(disk / LOG_SHARE / PAGE_BYTES, 16, MOST_LOG_PAGES);
    } catch (IOException e) {
      return MOST_LOG_PAGES;
    }
  }

  Connection reader() throws SQLException {
    SQLiteConfig config = config(READER_CACHE);
    config.setReadOnly(true);
    return open(config);
  }

  /// Sets what cannot be changed once there are tables; the order matters.
  void prepare() throws SQLException {
    try (Connection connection = open(config(WRITER_CACHE));
        var statement = connection.createStatement()) {
      statement.execute("pragma page_size = " + PAGE_BYTES);
      statement.execute("pragma auto_vacuum = incremental");
      statement.execute("pragma journal_mode = wal");
    }
  }

  /// Returns a data source for migrations.
  DataSource dataSource() {
    var source = new SQLiteDataSource();
    source.setUrl(url());
    return source;
  }

  private String url() {
    return "jdbc:sqlite:" + file.toAbsolutePath();
  }

  private static SQLiteConfig config(int cache) {
    var config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.setCacheSize(cache);
    config.setTempStore(TempStore.MEMORY);
    // Otherwise the driver runs an extra query after every insert.
    config.setGetGeneratedKeys(false);
    return config;
  }

  private Connection open(SQLiteConfig config) throws SQLException {
    return config.createConnection(url());
  }
}

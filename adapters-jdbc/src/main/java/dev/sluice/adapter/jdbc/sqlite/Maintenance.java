package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.DamagedRowException;
import dev.sluice.adapter.jdbc.Dialect;
import dev.sluice.adapter.jdbc.EventRows;
import dev.sluice.adapter.jdbc.EventSql;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.sqlite.sql.FanOutSql;
import dev.sluice.domain.port.PortException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Backup and check of the database file. Both only read, so they work while a service runs.
final class Maintenance {

  private static final int MOST_PROBLEMS = 100;

  private final Connections connections;

  Maintenance(Connections connections) {
    this.connections = connections;
  }

  /// Writes a copy as of now to a file that does not exist yet. It is complete and forced to disk
  /// afterwards, or does not exist.
  void backup(Path target) throws SQLException, IOException {
    if (Files.exists(target)) {
      throw new PortException(target + " exists already: name a new file");
    }
    Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
    try {
      Files.deleteIfExists(unfinished);
      PrivateFiles.make(unfinished);
      copyTo(unfinished);
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private void copyTo(Path unfinished) throws SQLException, IOException {
    try (var statements = new Statements(connections.reader(), Dialect.SQLITE)) {
      PreparedStatement copy = statements.of("vacuum into ?");
      copy.setString(1, unfinished.toAbsolutePath().toString());
      copy.execute();
    }
    try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /// Checks everything in the file.
  SqliteAdapter.Check check() throws SQLException {
    try (var statements = new Statements(connections.reader(), Dialect.SQLITE)) {
      statements.execute("begin");
      var problems = new ArrayList<String>();
      long events = 0;
      try {
        integrity(statements, problems);
        find(statements, EventSql.EVENTS_WITHOUT_DELIVERY, "has no delivery", problems);
        find(
            statements, EventSql.DELIVERIES_WITHOUT_EVENT, "has deliveries but no event", problems);
        events = payloads(statements, problems);
        totals(statements, problems);
        fanOuts(statements, problems);
      } catch (SQLException e) {
        // The problems found before are still worth reporting.
        problems.add("cannot be read completely: " + e.getMessage());
      }
      return new SqliteAdapter.Check(events, problems);
    }
  }

  private static void integrity(Statements statements, List<String> problems) throws SQLException {
    try (ResultSet row = statements.of("pragma integrity_check(100)").executeQuery()) {
      while (row.next()) {
        if (!row.getString(1).equals("ok")) {
          problems.add(row.getString(1));
        }
      }
    }
  }

  private static void find(Statements statements, String sql, String problem, List<String> problems)
      throws SQLException {
    PreparedStatement select = statements.of(sql);
    select.setInt(1, MOST_PROBLEMS);
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        problems.add("sequence " + row.getLong(1) + " " + problem);
      }
    }
  }

  /// Checks the stored totals, which a start relies on, against the rows.
  private static void totals(Statements statements, List<String> problems) throws SQLException {
    if (!problems.isEmpty() || !has(statements, "totals")) {
      // Other problems explain a difference; the backup of an older Sluice has no totals.
      return;
    }
    Optional<Totals> kept = Totals.read(statements);
    var counted = new WriterCache();
    new WriterCacheLoader(statements, counted).count();
    if (kept.isPresent() && !kept.get().counts().isSameAs(counted.totals().counts())) {
      problems.add(
          "the row of the table totals does not match the stored rows: stop Sluice and delete the"
              + " row, and the next start counts again");
    }
  }

  /// Checks the stored counts of events with several deliveries against the deliveries.
  private static void fanOuts(Statements statements, List<String> problems) throws SQLException {
    if (!problems.isEmpty() || !has(statements, "fan_out")) {
      // As above.
      return;
    }
    try (ResultSet row = statements.of(FanOutSql.COUNT_WRONG).executeQuery()) {
      if (row.next() && row.getLong(1) > 0) {
        problems.add(
            "the table fan_out does not match the stored rows of "
                + row.getLong(1)
                + " events: stop Sluice and delete the row of the table totals, and the next start"
                + " counts again");
      }
    }
  }

  private static boolean has(Statements statements, String table) throws SQLException {
    PreparedStatement select =
        statements.of("select 1 from sqlite_master where type = 'table' and name = ?");
    select.setString(1, table);
    try (ResultSet row = select.executeQuery()) {
      return row.next();
    }
  }

  private static long payloads(Statements statements, List<String> problems) throws SQLException {
    long events = 0;
    try (ResultSet row = statements.of(EventSql.ALL_EVENTS).executeQuery()) {
      while (row.next()) {
        events++;
        try {
          EventRows.read(row);
        } catch (DamagedRowException e) {
          if (problems.size() < MOST_PROBLEMS) {
            problems.add(e.getMessage());
          }
        }
      }
    }
    return events;
  }
}

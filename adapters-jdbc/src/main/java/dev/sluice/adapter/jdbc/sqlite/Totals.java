package dev.sluice.adapter.jdbc.sqlite;

import static java.util.stream.Collectors.joining;

import dev.sluice.adapter.jdbc.Counts;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The one row of the table `totals`, as of a commit.
///
/// @param lastSeq highest sequence that an event ever had: a sequence is never reused, even after
///   the newest events were deleted
/// @param counts of events and deliveries by status
record Totals(long lastSeq, Counts counts) {

  private static final List<String> COLUMNS =
      Stream.concat(
              Arrays.stream(EventStatus.values()).map(status -> column("e_", status)),
              Arrays.stream(DeliveryStatus.values()).map(status -> column("d_", status)))
          .toList();

  private static final String SELECT =
      "select last_seq, " + String.join(", ", COLUMNS) + " from totals where id = 1";

  private static final String REPLACE =
      "replace into totals (id, last_seq, "
          + String.join(", ", COLUMNS)
          + ") values (1, ?"
          + COLUMNS.stream().map(_ -> ", ?").collect(joining())
          + ")";

  private static String column(String prefix, Enum<?> status) {
    return prefix + status.name().toLowerCase(Locale.ROOT);
  }

  /// Reads the row; empty where the storage has yet to be counted.
  static Optional<Totals> read(Statements statements) throws SQLException {
    try (ResultSet row = statements.of(SELECT).executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      var counts = new Counts();
      for (EventStatus status : EventStatus.values()) {
        counts.add(status, row.getLong(column("e_", status)));
      }
      for (DeliveryStatus status : DeliveryStatus.values()) {
        counts.add(status, row.getLong(column("d_", status)));
      }
      return Optional.of(new Totals(row.getLong("last_seq"), counts));
    }
  }

  void write(Statements statements) throws SQLException {
    PreparedStatement replace = statements.of(REPLACE);
    replace.setLong(1, lastSeq);
    int next = 2;
    for (EventStatus status : EventStatus.values()) {
      replace.setLong(next++, counts.of(status));
    }
    for (DeliveryStatus status : DeliveryStatus.values()) {
      replace.setLong(next++, counts.of(status));
    }
    replace.executeUpdate();
  }
}

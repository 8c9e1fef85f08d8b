package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.adapter.jdbc.Statements;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Whose time counts: the database's, so that nodes need not agree on theirs. Tests give another.
final class DatabaseClock {

  private final InstantSource local;
  private final Optional<InstantSource> instead;

  private DatabaseClock(InstantSource local, Optional<InstantSource> instead) {
    this.local = local;
    this.instead = instead;
  }

  /// The database's time.
  ///
  /// @param local this node's
  static DatabaseClock ofDatabase(InstantSource local) {
    return new DatabaseClock(local, Optional.empty());
  }

  /// A time that a test moves.
  static DatabaseClock of(InstantSource clock) {
    return new DatabaseClock(clock, Optional.of(clock));
  }

  /// Binds the first parameter of a statement, which is the time if it is not the database's.
  void bind(PreparedStatement statement) throws SQLException {
    if (instead.isPresent()) {
      statement.setLong(1, EpochNanos.of(instead.get().instant()));
    } else {
      statement.setNull(1, Types.BIGINT);
    }
  }

  /// The time that counts.
  Instant now(Statements statements) throws SQLException {
    PreparedStatement select = statements.of(PostgresSql.NOW);
    bind(select);
    try (ResultSet row = select.executeQuery()) {
      row.next();
      return EpochNanos.toInstant(row.getLong(1));
    }
  }

  /// This node's time, which is what callers go by.
  Instant local() {
    return local.instant();
  }
}

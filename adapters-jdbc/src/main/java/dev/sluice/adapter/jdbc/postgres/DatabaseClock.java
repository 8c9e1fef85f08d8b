package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.postgres.sql.PostgresSql;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Provides the time: the database's, so that nodes need not agree on theirs. Tests set another.
final class DatabaseClock {

  private final InstantSource local;
  private final Optional<InstantSource> instead;

  private DatabaseClock(InstantSource local, Optional<InstantSource> instead) {
    this.local = local;
    this.instead = instead;
  }

  /// Returns a clock with the database's time.
  ///
  /// @param local this node's
  static DatabaseClock ofDatabase(InstantSource local) {
    return new DatabaseClock(local, Optional.empty());
  }

  /// Returns a clock with a time that a test moves.
  static DatabaseClock of(InstantSource clock) {
    return new DatabaseClock(clock, Optional.of(clock));
  }

  /// Binds the first parameter of a statement: the time of a test, or null for the database's.
  void bind(PreparedStatement statement) throws SQLException {
    if (instead.isPresent()) {
      statement.setLong(1, EpochNanos.of(instead.get().instant()));
    } else {
      statement.setNull(1, Types.BIGINT);
    }
  }

  /// Returns the current time.
  Instant now(Statements statements) throws SQLException {
    PreparedStatement select = statements.of(PostgresSql.NOW);
    bind(select);
    try (ResultSet row = select.executeQuery()) {
      row.next();
      return EpochNanos.toInstant(row.getLong(1));
    }
  }

  /// Returns this node's time, which callers use.
  Instant local() {
    return local.instant();
  }
}

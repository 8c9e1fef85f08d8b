package dev.sluice.adapter.jdbc;

import java.sql.SQLException;

/// Runs statements over a connection and returns a result.
public interface Query<T> {

  T run(Statements statements) throws SQLException;
}

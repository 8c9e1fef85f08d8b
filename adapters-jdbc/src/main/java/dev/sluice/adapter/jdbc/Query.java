package dev.sluice.adapter.jdbc;

import java.sql.SQLException;

/// What is to be done over a connection.
public interface Query<T> {

  T run(Statements statements) throws SQLException;
}

package dev.sluice.adapter.jdbc;

import dev.sluice.domain.delivery.FailureCause;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// The three columns of a failure: kind, error, message. All are null when there is none.
final class Failures {

  private Failures() {}

  /// @param first the index of the first of the three parameters
  static void bind(PreparedStatement statement, int first, @Nullable FailureCause cause)
      throws SQLException {
    statement.setString(first, cause == null ? null : cause.kind().name());
    statement.setString(first + 1, cause == null ? null : cause.error());
    statement.setString(first + 2, cause == null ? null : cause.message());
  }

  static @Nullable FailureCause read(ResultSet row) throws SQLException {
    String kind = row.getString("failure_kind");
    return kind == null
        ? null
        : new FailureCause(
            FailureCause.Kind.valueOf(kind),
            row.getString("failure_error"),
            row.getString("failure_message"));
  }
}

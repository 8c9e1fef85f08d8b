package dev.sluice.adapter.jdbc;

import dev.sluice.domain.access.ApiKey;
import dev.sluice.domain.access.Role;
import dev.sluice.domain.subscription.TypePattern;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Converts API keys to rows of their table and back.
final class KeyRows {

  private static final String COMMA = ",";

  private KeyRows() {}

  static ApiKey read(ResultSet row) throws SQLException {
    String role = row.getString("role");
    return new ApiKey(
        row.getString("id"),
        row.getString("owner"),
        Role.named(role).orElseThrow(() -> new SQLException("unknown role of a key: " + role)),
        typesOf(row.getString("types")),
        row.getInt("hides_payloads") != 0,
        row.getString("secret_hash"),
        EpochNanos.toInstant(row.getLong("created_at")),
        time(row, "expires_at"),
        time(row, "revoked_at"),
        time(row, "last_used_at"));
  }

  private static List<TypePattern> typesOf(String types) {
    return types.isEmpty()
        ? List.of()
        : Arrays.stream(types.split(COMMA, -1)).map(TypePattern::new).toList();
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    long nanos = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(EpochNanos.toInstant(nanos));
  }

  /// Binds all columns in the order of the table.
  static void bind(PreparedStatement statement, ApiKey key) throws SQLException {
    statement.setString(1, key.id());
    statement.setString(2, key.owner());
    statement.setString(3, key.role().wireName());
    statement.setString(
        4, key.types().stream().map(TypePattern::glob).collect(Collectors.joining(COMMA)));
    statement.setInt(5, key.hidesPayloads() ? 1 : 0);
    statement.setString(6, key.secretHash());
    statement.setLong(7, EpochNanos.of(key.createdAt()));
    time(statement, 8, key.expiresAt());
    time(statement, 9, key.revokedAt());
    time(statement, 10, key.lastUsedAt());
  }

  private static void time(PreparedStatement statement, int index, Optional<Instant> time)
      throws SQLException {
    if (time.isPresent()) {
      statement.setLong(index, EpochNanos.of(time.get()));
    } else {
      statement.setNull(index, Types.BIGINT);
    }
  }
}

package dev.sluice.adapter.jdbc;

import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionChangeResult;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.format.subscription.StoredSubscription;
import dev.sluice.format.subscription.SubscriptionDecoder;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Changes subscriptions within a transaction. Transactions take turns: each locks the row with the
/// version of the set until it commits, so that versions are committed in their order.
record SubscriptionWrites(Statements statements, SubscriptionDecoder decoder) {

  /// Stores the changes, all or none.
  SubscriptionChangeResult change(List<SubscriptionChange> changes, String by, Instant at)
      throws SQLException {
    String lock = SubscriptionSql.VERSION + statements.dialect().lock();
    long version = number(statements, lock) + 1;
    Known known = known(changes);
    for (SubscriptionChange change : changes) {
      OptionalLong current = known.versionOf(change.name());
      if (!change.mayReplace(current)) {
        return conflict(change.name(), current);
      }
    }
    if (!isRoomFor(known.growth(changes))) {
      return new SubscriptionChangeResult.Full();
    }
    List<Subscription> stored = changes.stream().map(change -> change.at(version, by, at)).toList();
    store(version, stored, known);
    return new SubscriptionChangeResult.Stored(stored);
  }

  /// What is stored under the names of the changes.
  ///
  /// @param versions of the current rows, negative when deleted
  private record Known(Map<String, Long> versions) {

    /// Returns the current version, unless it is deleted.
    OptionalLong versionOf(SubscriptionName name) {
      long version = versions.getOrDefault(name.value(), -1L);
      return version < 0 ? OptionalLong.empty() : OptionalLong.of(version);
    }

    /// Returns whether there is a history.
    boolean has(SubscriptionName name) {
      return versions.containsKey(name.value());
    }

    /// Returns how many more subscriptions there are after the changes.
    int growth(List<SubscriptionChange> changes) {
      int growth = 0;
      for (SubscriptionChange change : changes) {
        growth += change.lifecycle() == Lifecycle.DELETED ? 0 : 1;
        growth -= versionOf(change.name()).isPresent() ? 1 : 0;
      }
      return growth;
    }
  }

  private Known known(List<SubscriptionChange> changes) throws SQLException {
    Dialect dialect = statements.dialect();
    PreparedStatement select = statements.of(SubscriptionSql.CURRENT + dialect.isOneOf("name"));
    dialect.bindNames(select, 1, changes.stream().map(change -> change.name().value()).toList());
    Map<String, Long> versions = new HashMap<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        boolean isDeleted = row.getString("lifecycle").equals(Lifecycle.DELETED.wireName());
        versions.put(row.getString("name"), (isDeleted ? -1 : 1) * row.getLong("version"));
      }
    }
    return new Known(versions);
  }

  private SubscriptionChangeResult conflict(SubscriptionName name, OptionalLong current)
      throws SQLException {
    Optional<Subscription> actual =
        current.isEmpty()
            ? Optional.empty()
            : decoder.decode(JdbcSubscriptionStore.versions(statements, name, 1).getFirst());
    return new SubscriptionChangeResult.Conflict(name, actual);
  }

  private boolean isRoomFor(int growth) throws SQLException {
    return growth <= 0
        || number(statements, SubscriptionSql.COUNT) + growth
            <= SubscriptionStore.MAX_SUBSCRIPTIONS;
  }

  private void store(long version, List<Subscription> changed, Known known) throws SQLException {
    PreparedStatement move = statements.of(SubscriptionSql.MOVE_VERSION);
    move.setLong(1, version);
    move.executeUpdate();
    insertVersions(changed);
    putCurrent(changed);
    deleteOldest(changed.stream().map(Subscription::name).filter(known::has).toList());
  }

  private void insertVersions(List<Subscription> changed) throws SQLException {
    PreparedStatement insert = statements.of(SubscriptionSql.INSERT_VERSION);
    for (Subscription subscription : changed) {
      SubscriptionRows.bind(insert, StoredSubscription.of(subscription));
      statements.dialect().queue(insert);
    }
    statements.dialect().runQueued(insert);
  }

  private void putCurrent(List<Subscription> changed) throws SQLException {
    PreparedStatement put = statements.of(SubscriptionSql.PUT_CURRENT);
    for (Subscription subscription : changed) {
      put.setString(1, subscription.name().value());
      put.setLong(2, subscription.version());
      put.setString(3, subscription.lifecycle().wireName());
      statements.dialect().queue(put);
    }
    statements.dialect().runQueued(put);
  }

  private void deleteOldest(List<SubscriptionName> names) throws SQLException {
    PreparedStatement delete = statements.of(SubscriptionSql.DELETE_OLDEST);
    for (SubscriptionName name : names) {
      delete.setString(1, name.value());
      delete.setString(2, name.value());
      delete.setInt(3, SubscriptionStore.MAX_VERSIONS);
      statements.dialect().queue(delete);
    }
    statements.dialect().runQueued(delete);
  }

  /// Returns the number that a statement selects.
  static long number(Statements statements, String sql) throws SQLException {
    try (ResultSet row = statements.of(sql).executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }
}

package dev.sluice.adapter.jdbc;

import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionChangeResult;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.SubscriptionSet;
import dev.sluice.format.subscription.StoredSubscription;
import dev.sluice.format.subscription.SubscriptionDecoder;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Stores subscriptions in either database.
public final class JdbcSubscriptionStore implements SubscriptionStore {

  private final DatabaseAccess database;
  private final SubscriptionDecoder decoder = new SubscriptionDecoder();

  public JdbcSubscriptionStore(DatabaseAccess database) {
    this.database = database;
  }

  @Override
  public boolean canOrder() {
    return true;
  }

  @Override
  public long version() {
    return database.read(
        statements -> SubscriptionWrites.number(statements, SubscriptionSql.VERSION));
  }

  @Override
  public SubscriptionSet all() {
    SubscriptionRows all =
        database.read(
            statements -> {
              PreparedStatement select = statements.of(SubscriptionSql.ALL);
              select.setInt(1, MAX_SUBSCRIPTIONS);
              return SubscriptionRows.select(select);
            });
    return new SubscriptionSet(all.setVersion(), decoder.decodeAll(all.rows()));
  }

  @Override
  public Optional<Changes> changedSince(long version, int limit) {
    SubscriptionRows changed =
        database.read(
            statements -> {
              PreparedStatement select = statements.of(SubscriptionSql.CHANGED_SINCE);
              select.setLong(1, version);
              select.setLong(2, limit + 1L);
              return SubscriptionRows.select(select);
            });
    List<Subscription> decoded = decoder.decodeAll(changed.rows());
    // Two cases need the whole set: a database that was restored from a backup has an earlier
    // version, and a subscription that cannot be decoded must disappear from the caller's copy.
    boolean isComplete =
        changed.setVersion() >= version
            && changed.rows().size() <= limit
            && changed.rows().size() == decoded.size();
    return isComplete ? Optional.of(new Changes(changed.setVersion(), decoded)) : Optional.empty();
  }

  @Override
  public SubscriptionChangeResult change(List<SubscriptionChange> changes, String by, Instant at) {
    return database.write(
        statements -> new SubscriptionWrites(statements, decoder).change(changes, by, at));
  }

  @Override
  public List<Subscription> versions(SubscriptionName name, int limit) {
    return decoder.decodeAll(database.read(statements -> versions(statements, name, limit)));
  }

  static List<StoredSubscription> versions(Statements statements, SubscriptionName name, int limit)
      throws SQLException {
    PreparedStatement select = statements.of(SubscriptionSql.VERSIONS);
    select.setString(1, name.value());
    select.setInt(2, limit);
    List<StoredSubscription> versions = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        versions.add(SubscriptionRows.read(row));
      }
    }
    return versions;
  }
}

package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.domain.delivery.Lease;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Claims deliveries whose last attempt was abandoned; the others are left to [Claims].
///
/// @param clock provides the time
/// @param claims ends damaged deliveries
record AbandonedDeliveries(DatabaseClock clock, Claims claims) {

  List<Claim> claim(
      Statements statements,
      WorkerId worker,
      int max,
      Duration duration,
      Set<SubscriptionName> paused)
      throws SQLException {
    PreparedStatement claim = statements.of(DeliverySql.CLAIM_ABANDONED);
    clock.bind(claim);
    int next =
        new ArrayParameters<>(claim, 2, List.copyOf(paused)).texts(SubscriptionName::value).next();
    claim.setLong(next, Long.MIN_VALUE);
    claim.setInt(next + 1, max);
    claim.setLong(next + 2, Claims.MOST_BYTES);
    claim.setString(next + 3, worker.value());
    claim.setLong(next + 4, EpochNanos.span(duration));
    var held = new ArrayList<Claims.Held>();
    try (ResultSet row = claim.executeQuery()) {
      while (row.next()) {
        Instant now = EpochNanos.toInstant(row.getLong("now"));
        held.add(Claims.Held.read(row, Lease.of(worker, now, duration)));
      }
    }
    return claims.intact(statements, held);
  }
}

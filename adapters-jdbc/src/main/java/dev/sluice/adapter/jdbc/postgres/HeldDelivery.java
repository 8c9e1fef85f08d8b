package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.DamagedRowException;
import dev.sluice.adapter.jdbc.EventRows;
import dev.sluice.domain.delivery.AttemptCount;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Lease;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.subscription.SubscriptionName;
import java.lang.System.Logger.Level;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/// A leased delivery whose event may be damaged.
record HeldDelivery(
    long sequence,
    SubscriptionName subscription,
    AttemptCount attempts,
    Lease lease,
    boolean isAfterAbandonment,
    Optional<Event> event,
    String damage) {

  private static final System.Logger LOG = System.getLogger(HeldDelivery.class.getName());

  static HeldDelivery read(ResultSet row, Lease lease) throws SQLException {
    long sequence = row.getLong("seq");
    Optional<Event> event = Optional.empty();
    String damage = "";
    try {
      event = Optional.of(intact(row, sequence));
    } catch (DamagedRowException e) {
      damage = String.valueOf(e.getMessage());
    }
    return new HeldDelivery(
        sequence,
        new SubscriptionName(row.getString("subscription")),
        new AttemptCount(row.getInt("started"), row.getInt("spent")),
        lease,
        FailureCause.Kind.ABANDONED.name().equals(row.getString("failure_kind")),
        event,
        damage);
  }

  private static Event intact(ResultSet row, long sequence) throws SQLException {
    if (row.getString("id") == null) {
      throw new DamagedRowException("of unknown id", sequence);
    }
    return EventRows.read(row);
  }

  Optional<Claim> claim() {
    return event.map(
        found -> new Claim(sequence, found, subscription, attempts, lease, isAfterAbandonment));
  }

  AttemptReport toDeadLetters() {
    LOG.log(Level.ERROR, "a delivery becomes a dead letter: " + damage);
    var cause = new FailureCause(FailureCause.Kind.HANDLER, "DamagedEvent", damage);
    return new AttemptReport(
        sequence,
        subscription,
        attempts.started(),
        lease,
        new Resolution.DeadLetter(cause),
        0,
        Optional.empty());
  }
}

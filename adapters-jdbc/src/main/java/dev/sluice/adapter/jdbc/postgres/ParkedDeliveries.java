package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.postgres.sql.WaitingSql;
import dev.sluice.domain.port.PortException;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.time.Duration;

/// Makes deliveries due again that a node of an earlier version parked, see
/// [dev.sluice.adapter.jdbc.DueTime#PARKED]. Such a node may still run beside this one.
final class ParkedDeliveries {

  private static final System.Logger LOG = System.getLogger(ParkedDeliveries.class.getName());
  private static final int STEP = 1_000;
  private static final long BETWEEN_LOOKS = Duration.ofSeconds(5).toNanos();

  private final ConnectionPool work;
  private final WorkTurns turns;

  /// Used by one thread at a time.
  private long lastLook = System.nanoTime() - BETWEEN_LOOKS;

  ParkedDeliveries(ConnectionPool work, WorkTurns turns) {
    this.work = work;
    this.turns = turns;
  }

  /// Looks for them when due: one lookup in an index that is empty otherwise. Never fails: the next
  /// look finds them too.
  void unparkWhenDue() {
    if (System.nanoTime() - lastLook < BETWEEN_LOOKS) {
      return;
    }
    lastLook = System.nanoTime();
    try {
      int unparked =
          work.one(
              statements -> {
                PreparedStatement update = statements.of(WaitingSql.UNPARK);
                update.setInt(1, STEP);
                return update.executeUpdate();
              });
      if (unparked > 0) {
        turns.lookSoon();
        // More may be left.
        lastLook -= unparked == STEP ? BETWEEN_LOOKS : 0;
      }
    } catch (PortException e) {
      LOG.log(Level.DEBUG, "cannot look for parked deliveries, retrying", e);
    }
  }
}

package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.domain.delivery.Lease;
import dev.sluice.domain.delivery.WorkerId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The result of a search that claims due deliveries and parks paused ones.
///
/// @param held leased deliveries
/// @param looked how many deliveries were searched
/// @param firstDue since when the first of them is due
/// @param park how many of them were parked
record ParkedClaims(List<Claims.Held> held, int looked, long firstDue, int park) {

  static ParkedClaims read(PreparedStatement claim, WorkerId worker, Duration duration)
      throws SQLException {
    var held = new ArrayList<Claims.Held>();
    try (ResultSet row = claim.executeQuery()) {
      row.next();
      var passed =
          new ParkedClaims(
              held, row.getInt("looked"), row.getLong("first_due"), row.getInt("aside"));
      do {
        Instant now = EpochNanos.toInstant(row.getLong("now"));
        if (row.getString("subscription") != null) {
          held.add(Claims.Held.read(row, Lease.of(worker, now, duration)));
        }
      } while (row.next());
      return passed;
    }
  }
}

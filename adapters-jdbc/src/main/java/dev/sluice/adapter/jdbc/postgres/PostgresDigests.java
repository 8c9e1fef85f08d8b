package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.adapter.jdbc.EventRows;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.StatusCode;
import dev.sluice.adapter.jdbc.postgres.sql.PostgresEventSql;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.event.ContentDigest;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.ExistingEvent;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Reads stored events without their payloads, and stores digests that are computed later. One
/// statement each, however many events there are.
final class PostgresDigests {

  /// Number of states in `live` and of statuses in `finished`. They come as bits: a set per event
  /// in the one row that it has.
  private static final int LIVE_STATES = 3;

  private static final int FINISHED_STATUSES = StatusCode.EXPIRED + 1;

  private final Statements statements;

  PostgresDigests(Statements statements) {
    this.statements = statements;
  }

  /// Returns the stored events among the ids.
  List<ExistingEvent> existing(List<EventId> ids) throws SQLException {
    PreparedStatement select = statements.of(PostgresEventSql.EXISTING);
    new ArrayParameters<>(select, 1, ids.stream().distinct().toList()).texts(EventId::value);
    var existing = new ArrayList<ExistingEvent>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        existing.add(
            new ExistingEvent(
                new EventId(row.getString("id")),
                row.getLong("seq"),
                EpochNanos.toInstant(row.getLong("received_at")),
                EventStatus.of(statuses(row.getInt("live"), row.getInt("finished"))),
                EventRows.digest(row.getString("digest"))));
      }
    }
    return existing;
  }

  private static Set<DeliveryStatus> statuses(int live, int finished) throws SQLException {
    var statuses = EnumSet.noneOf(DeliveryStatus.class);
    for (int state = 0; state < LIVE_STATES; state++) {
      if ((live & (1 << state)) != 0) {
        statuses.add(StatusCode.live(state));
      }
    }
    for (int status = StatusCode.COMPLETED; status < FINISHED_STATUSES; status++) {
      if ((finished & (1 << status)) != 0) {
        statuses.add(StatusCode.finished(status));
      }
    }
    return statuses;
  }

  /// Stores the digests of those events that exist.
  ///
  /// @return how many
  int keep(List<ExistingEvent> events) throws SQLException {
    PreparedStatement update = statements.of(PostgresEventSql.KEEP_DIGESTS);
    new ArrayParameters<>(update, 1, events)
        .longs(ExistingEvent::sequence)
        .texts(event -> event.id().value())
        .texts(event -> event.digest().map(ContentDigest::value).orElse(null));
    return update.executeUpdate();
  }
}

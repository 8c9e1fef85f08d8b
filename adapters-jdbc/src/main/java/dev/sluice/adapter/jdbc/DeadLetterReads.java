package dev.sluice.adapter.jdbc;

import dev.sluice.domain.delivery.ErrorFingerprint;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.ErrorGroup;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Groups dead letters by their error over one connection, using an index only.
public final class DeadLetterReads {

  /// Parameters: start of the recent time; start and end of the time before it; most groups.
  private static final String GROUPS =
      """
      select g.fingerprint, g.dead, g.first_seen, g.last_seen, g.recent, g.earlier, f.subscription,
             f.failure_kind, f.failure_error, f.failure_message, e.id
      from (select fingerprint, count(*) as dead, min(finished_at) as first_seen,
                   max(finished_at) as last_seen, max(seq) as sample,
                   sum(case when finished_at >= ? then 1 else 0 end) as recent,
                   sum(case when finished_at >= ? and finished_at < ? then 1 else 0 end) as earlier
            from finished where status = 2 and fingerprint is not null
            group by fingerprint order by count(*) desc, fingerprint limit ?) g
           join finished f on f.status = 2 and f.seq = g.sample and f.fingerprint = g.fingerprint
           join event e on e.seq = g.sample
      order by g.dead desc, g.fingerprint
      """;

  private DeadLetterReads() {}

  public static List<ErrorGroup> groups(Statements statements, ErrorGroup.Trend trend, int limit)
      throws SQLException {
    PreparedStatement select = statements.of(GROUPS);
    select.setLong(1, EpochNanos.of(trend.recentFrom()));
    select.setLong(2, EpochNanos.of(trend.earlierFrom()));
    select.setLong(3, EpochNanos.of(trend.recentFrom()));
    select.setInt(4, limit);
    var groups = new ArrayList<ErrorGroup>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        groups.add(group(row));
      }
    }
    return groups;
  }

  private static ErrorGroup group(ResultSet row) throws SQLException {
    FailureCause cause = Failures.read(row);
    return new ErrorGroup(
        new ErrorFingerprint(row.getLong("fingerprint")),
        new SubscriptionName(row.getString("subscription")),
        Objects.requireNonNull(cause, "a dead letter has a failure"),
        row.getLong("dead"),
        EpochNanos.toInstant(row.getLong("first_seen")),
        EpochNanos.toInstant(row.getLong("last_seen")),
        new EventId(row.getString("id")),
        row.getLong("recent"),
        row.getLong("earlier"));
  }
}

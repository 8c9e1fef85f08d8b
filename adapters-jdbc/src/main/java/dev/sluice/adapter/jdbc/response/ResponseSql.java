package dev.sluice.adapter.jdbc.response;

import dev.sluice.domain.delivery.StatusClass;
import java.util.List;
import java.util.stream.Collectors;

/// SQL statements on responses that both databases share, and those of SQLite.
final class ResponseSql {

  static final String INSERT =
      """
      insert into responses (seq, subscription, number, ended_at, status_class, content)
      values (?, ?, ?, ?, ?, ?)
      on conflict (seq, subscription, number) do update
      set ended_at = excluded.ended_at, status_class = excluded.status_class,
          content = excluded.content
      """;

  static final String FORGET_OLD =
      """
      delete from responses where seq = ? and subscription = ? and number <= ?
      """;

  static final String DELETE_OF_EVENT = "delete from responses where seq = ?";

  static final String OF_EVENT =
      """
      select r.subscription, r.number, r.content
      from event e join responses r on r.seq = e.seq where e.id = ? limit 1000000
      """;

  private ResponseSql() {}

  /// Selects the newest attempts with a response of these classes. Each is in `attempt`, or it is
  /// the last one of a row in `finished`. Parameters: subscription and limit for each class, and
  /// the limit.
  static String newest(List<StatusClass> classes) {
    String newest =
        classes.stream().map(ResponseSql::newestOfClass).collect(Collectors.joining("union all\n"));
    return """
    with newest as (%s),
    chosen as (
      select * from newest order by ended_at desc, seq desc, number desc limit ?
    )
    select e.id, e.type, c.number, c.ended_at, r.content,
           coalesce(a.worker, f.worker) as worker,
           coalesce(a.started_at, f.claimed_at) as started_at,
           coalesce(a.outcome, case f.status when 1 then 'succeeded' else 'failed' end) as outcome,
           coalesce(a.failure_kind, f.failure_kind) as failure_kind,
           coalesce(a.failure_error, f.failure_error) as failure_error,
           coalesce(a.failure_message, f.failure_message) as failure_message,
           coalesce(a.subscription_version, f.subscription_version) as subscription_version
    from chosen c
    join event e on e.seq = c.seq
    join responses r
      on r.seq = c.seq and r.subscription = c.subscription and r.number = c.number
    left join attempt a
      on a.seq = c.seq and a.subscription = c.subscription and a.number = c.number
    left join finished f
      on f.status in (1, 2) and f.seq = c.seq and f.subscription = c.subscription
         and f.started = c.number
    where coalesce(a.worker, f.worker) is not null
    order by c.ended_at desc, c.seq desc, c.number desc
    """
        .formatted(newest);
  }

  /// During a rolling upgrade, nodes of earlier versions purge events and leave their responses
  /// behind; these must not use up the limit. The subquery, unlike a join, leaves the planner only
  /// the order of the index.
  private static String newestOfClass(StatusClass status) {
    return """
    select * from (
      select seq, subscription, number, ended_at from responses r
      where subscription = ? and status_class = %1$d
        and (select e.seq from event e where e.seq = r.seq) is not null
      order by ended_at desc, seq desc, number desc limit ?
    ) as class_%1$d
    """
        .formatted(status.digit());
  }
}

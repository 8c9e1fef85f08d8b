package dev.sluice.adapter.jdbc;

/// SQL statements for the history of figures; both databases understand them. Times are in
/// nanoseconds; a tier is identified by the length of its slices in seconds.
final class SeriesSql {

  /// Parameters: tier, start, node, figures.
  static final String PUT =
      """
      insert into series (tier, started_at, node, figures) values (?, ?, ?, ?)
      on conflict (tier, started_at, node) do update set figures = excluded.figures
      """;

  /// Selects the slices after one, which need not exist. Parameters: tier, its start and node, the
  /// end, limit.
  static final String READ =
      """
      select started_at, node, figures from series
      where tier = ? and (started_at, node) > (?, ?) and started_at < ?
      order by started_at, node limit ?
      """;

  /// Deletes old slices. Parameters: tier, the same tier, time, limit.
  static final String FORGET =
      """
      delete from series where tier = ? and (started_at, node) in (
        select started_at, node from series where tier = ? and started_at < ?
        order by started_at, node limit ?
      )
      """;

  private SeriesSql() {}
}

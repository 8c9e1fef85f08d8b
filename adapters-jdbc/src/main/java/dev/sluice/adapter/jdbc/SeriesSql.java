package dev.sluice.adapter.jdbc;

/// The statements for the history of figures; both databases understand them. Times are in
/// nanoseconds, tiers are named by the seconds that their slices take.
final class SeriesSql {

  /// Parameters: tier, begin, node, figures.
  static final String PUT =
      """
      insert into series (tier, started_at, node, figures) values (?, ?, ?, ?)
      on conflict (tier, started_at, node) do update set figures = excluded.figures
      """;

  /// The slices after one, which need not be there. Parameters: tier, its begin and node, the end,
  /// how many at most.
  static final String READ =
      """
      select started_at, node, figures from series
      where tier = ? and (started_at, node) > (?, ?) and started_at < ?
      order by started_at, node limit ?
      """;

  /// Parameters: tier, the same tier, time, how many at most.
  static final String FORGET =
      """
      delete from series where tier = ? and (started_at, node) in (
        select started_at, node from series where tier = ? and started_at < ?
        order by started_at, node limit ?
      )
      """;

  private SeriesSql() {}
}

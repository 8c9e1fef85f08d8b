package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.ParkedRows;

/// SQLite's statements for parked deliveries. The number in them is
/// [dev.sluice.adapter.jdbc.DueTime#PARKED].
final class ParkedSql {

  /// Parameters: primary key. A due time before 1970, from a wrong clock, must not make a parked
  /// delivery look like one that was never parked.
  static final String PARK =
      """
      update live set due_at = max(due_at, 0) + 4611686018427387904
      where due_at = ? and seq = ? and subscription = ?
      """;

  /// Parameters: primary key.
  static final String UNPARK =
      """
      update live set due_at = due_at - 4611686018427387904
      where due_at = ? and seq = ? and subscription = ?
      """;

  /// Selects the parked deliveries of a subscription, in their order. Parameters: subscription,
  /// limit.
  static final String PARKED_OF_SUBSCRIPTION =
      """
      select due_at, seq from live
      where subscription = ? and due_at >= 4611686018427387904
      order by due_at, seq limit ?
      """;

  /// Parameters: time, limit.
  static final String COUNT_DUE_BEFORE =
      """
      select count(*) from (select 1 from live where +state < 2 and due_at < ? limit ?)
      """;

  static final String NAMES = ParkedRows.namesIn("live");

  private ParkedSql() {}
}

package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.ParkedRows;

/// SQLite's statements about parked deliveries, see [DueTime]. The number in them is
/// [DueTime#PARKED].
final class ParkedSql {

  /// Parameters: key. A clock that stood before 1970 must not take a delivery to where it looks
  /// like one that was never set aside.
  static final String PARK =
      """
      update live set due_at = max(due_at, 0) + 4611686018427387904
      where due_at = ? and seq = ? and subscription = ?
      """;

  /// Parameters: key.
  static final String UNPARK =
      """
      update live set due_at = due_at - 4611686018427387904
      where due_at = ? and seq = ? and subscription = ?
      """;

  /// Those of a subscription, in their order.
  static final String PARKED_OF_SUBSCRIPTION =
      """
      select due_at, seq from live
      where subscription = ? and due_at >= 4611686018427387904
      order by due_at, seq limit ?
      """;

  /// Parameters: time, most.
  static final String COUNT_DUE_BEFORE =
      """
      select count(*) from (select 1 from live where +state < 2 and due_at < ? limit ?)
      """;

  static final String NAMES = ParkedRows.namesIn("live");

  private ParkedSql() {}
}

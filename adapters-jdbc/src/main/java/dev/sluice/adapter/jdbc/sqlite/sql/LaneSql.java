package dev.sluice.adapter.jdbc.sqlite.sql;

import dev.sluice.adapter.jdbc.lane.LaneReads;

/// SQL statements on the lanes of ordered subscriptions. The number in them is
/// [dev.sluice.adapter.jdbc.DueTime#PARKED].
public final class LaneSql {

  private static final String COLUMNS =
      """
      due_at, seq, subscription, siblings, started, spent, worker, claimed_at, lease_until,
      failure_kind, failure_error, failure_message, entered_at, lane, lane_position, priority
      """;

  /// Parameters: key, position, due time, sequence, subscription.
  public static final String JOIN =
      """
      update live set lane = ?, lane_position = ? where due_at = ? and seq = ? and subscription = ?
      """;

  /// Selects the first deliveries behind the head of a lane. Parameters: subscription, key, limit.
  public static final String BEHIND =
      "select "
          + COLUMNS
          + """
          from live indexed by live_behind
          where subscription = ? and lane = ? and due_at >= 4611686018427387904
          order by lane_position, seq limit ?
          """;

  /// Selects deliveries behind any head. Parameters: subscription, limit.
  public static final String BEHIND_OF_SUBSCRIPTION =
      "select "
          + COLUMNS
          + "from live where subscription = ? and due_at >= 4611686018427387904 limit ?";

  /// Selects waiting deliveries that can be claimed at some time. Parameters: subscription, due
  /// time and sequence after which to begin, limit.
  public static final String CLAIMABLE =
      "select "
          + COLUMNS
          + """
          from live
          where subscription = ? and due_at < 4611686018427387904 and (due_at, seq) > (?, ?)
            and +state < 2
          order by due_at, seq limit ?
          """;

  /// Parameter: subscription.
  public static final String HAS_UNFINISHED = "select 1 from live where subscription = ? limit 1";

  /// Selects how many deliveries stand behind the head of each lane. Parameter: subscription.
  public static final String COUNT_BEHIND =
      """
      select lane, count(*) from live indexed by live_behind
      where subscription = ? and due_at >= 4611686018427387904 group by lane
      """;

  /// Selects how many heads each lane has. Parameter: subscription.
  public static final String COUNT_HEADS =
      """
      select lane, count(*) from live
      where subscription = ? and due_at < 4611686018427387904 and lane is not null group by lane
      """;

  public static final String ORDERED = "select name, on_failure, state from ordered_subscription";

  /// Parameters: subscription, what a dead letter does, state.
  public static final String PUT_ORDERED =
      "replace into ordered_subscription (name, on_failure, state) values (?, ?, ?)";

  /// Takes heads out of their lanes. Parameter: subscription.
  public static final String RELEASE_HEADS =
      """
      update live set lane = null, lane_position = null
      where subscription = ? and due_at < 4611686018427387904 and lane is not null
      """;

  public static final String DELETE_ORDERED = "delete from ordered_subscription where name = ?";

  /// Parameters: subscription, key, sequence.
  public static final String BLOCK =
      "replace into blocked_lane (subscription, lane, seq) values (?, ?, ?)";

  /// Parameters: subscription, key.
  public static final String UNBLOCK =
      "delete from blocked_lane where subscription = ? and lane = ?";

  /// Parameters: subscription, key, event.
  public static final String UNBLOCK_HEAD =
      UNBLOCK + " and seq = (select seq from event where id = ?)";

  /// Selects the lane that a dead letter blocks. Parameters: sequence, subscription.
  public static final String BLOCKED_BY =
      "select lane from blocked_lane where seq = ? and subscription = ?";

  /// Parameters: subscription, limit.
  public static final String BLOCKED_OF_SUBSCRIPTION =
      "select lane from blocked_lane where subscription = ? limit ?";

  public static final String DELETE_BLOCKED = "delete from blocked_lane where subscription = ?";

  /// Selects heads in the order of their keys. Parameters: subscription, key after which to begin,
  /// limit.
  public static final String HEADS =
      "select "
          + COLUMNS
          + """
          from live where subscription = ? and due_at < 4611686018427387904 and lane > ?
          order by lane, lane_position, seq limit ?
          """;

  /// Selects the keys of blocked lanes. Parameters: subscription, key after which to begin, limit.
  public static final String BLOCKED_KEYS =
      "select lane from blocked_lane where subscription = ? and lane > ? order by lane limit ?";

  public static final LaneReads.Sql READS =
      new LaneReads.Sql(
          "select "
              + COLUMNS
              + """
              from live where subscription = ? and due_at < 4611686018427387904 and lane = ?
              order by lane_position, seq limit 1
              """,
          """
          select count(*) from live indexed by live_behind
          where subscription = ? and lane = ? and due_at >= 4611686018427387904
          """);

  private LaneSql() {}
}

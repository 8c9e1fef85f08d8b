package dev.sluice.adapter.jdbc.sqlite.sql;

/// SQL statements on the unfinished deliveries of a subscription.
public final class LiveSql {

  public static final String NEXT_DUE =
      """
      select due_at, seq, subscription, siblings, started, spent, worker, claimed_at, lease_until,
             failure_kind, failure_error, failure_message, entered_at, lane, lane_position,
             priority
      from live
      where subscription = ? and +state < 2 and due_at between 0 and ?
        and +failure_kind is not 'ABANDONED'
      order by due_at, seq limit ?
      """;

  /// Like [#NEXT_DUE], for deliveries of one priority other than the default. Parameters:
  /// subscription, priority, time as [dev.sluice.adapter.jdbc.DueTime#prioritized] has it, limit.
  public static final String NEXT_DUE_OF_PRIORITY =
      """
      select due_at, seq, subscription, siblings, started, spent, worker, claimed_at, lease_until,
             failure_kind, failure_error, failure_message, entered_at, lane, lane_position,
             priority
      from live indexed by live_prioritized
      where subscription = ? and priority = ? and due_at <= ? and due_at < 0 and +state < 2
      order by due_at, seq limit ?
      """;

  /// Selects the next due deliveries of all priorities other than the default, in the order of
  /// their due times. Parameters: subscription; time, see
  /// [dev.sluice.adapter.jdbc.DueTime#prioritized]; limit.
  public static final String NEXT_DUE_PRIORITIZED =
      """
      select due_at, seq, subscription, siblings, started, spent, worker, claimed_at, lease_until,
             failure_kind, failure_error, failure_message, entered_at, lane, lane_position,
             priority
      from live
      where subscription = ? and due_at <= ? and due_at < 0 and +state < 2
      order by due_at, seq limit ?
      """;

  /// Like [#NEXT_DUE], for deliveries whose last attempt was abandoned, which have their own index.
  public static final String NEXT_DUE_ABANDONED =
      """
      select due_at, seq, subscription, siblings, started, spent, worker, claimed_at, lease_until,
             failure_kind, failure_error, failure_message, entered_at, lane, lane_position,
             priority
      from live indexed by live_abandoned
      where subscription = ? and failure_kind = 'ABANDONED' and state < 2 and due_at <= ?
      order by due_at, seq limit ?
      """;

  /// Moves due times after the clock was set back: a retry waits for as long as before, and entered
  /// its state as long before; what was due when it entered its state is due. The time of a
  /// scheduled delivery is one of the clock, so it stays. Parameters: time as the column has it, by
  /// how much, the same again, subscription, time as the column has it, the end of its range.
  public static final String FOLLOW_CLOCK =
      """
      update live set due_at = max(?, due_at - ?), entered_at = entered_at - ?
      where subscription = ? and due_at > ? and due_at < ?
        and (+state = 1 or (+state = 0 and entered_at is null))
      """;

  /// Moves back when scheduled deliveries entered their state, after the clock was set back.
  /// Parameters: time, subscription, time.
  public static final String FOLLOW_CLOCK_OF_SCHEDULED =
      """
      update live set entered_at = ?
      where subscription = ? and +state = 0 and entered_at > ?
      """;

  /// Selects the subscriptions that have unfinished deliveries: one index lookup for each.
  public static final String LIVE_SUBSCRIPTIONS =
      """
      with recursive names(name) as (
        select min(subscription) from live
        union all
        select (select min(subscription) from live where subscription > name)
        from names where name is not null
      )
      select name from names where name is not null limit 1000000
      """;

  /// The plus sign keeps SQLite from reading all waiting deliveries by their state and sorting
  /// them: only the first row in primary key order is needed.
  public static final String FIRST_WAITING =
      """
      select due_at from live
      where subscription = ? and +state < 2 and due_at >= 0
        and +failure_kind is not 'ABANDONED'
      order by due_at, seq limit 1
      """;

  /// Parameter: subscription.
  public static final String FIRST_PRIORITIZED =
      """
      select due_at from live where subscription = ? and due_at < 0 and +state < 2
      order by due_at, seq limit 1
      """;

  /// Selects whether a delivery with a priority waits or is in progress. Parameter: subscription.
  public static final String HAS_PRIORITIZED =
      "select 1 from live where subscription = ? and due_at < 0 limit 1";

  public static final String FIRST_ABANDONED =
      """
      select due_at from live indexed by live_abandoned
      where subscription = ? and failure_kind = 'ABANDONED' and +state < 2
      order by due_at, seq limit 1
      """;

  /// Parameters: subscription, time; the same for deliveries with a priority, see
  /// [dev.sluice.adapter.jdbc.DueTime#prioritized]; limit.
  public static final String COUNT_DUE_BEFORE =
      """
      select count(*) from (
        select 1 from live where subscription = ? and +state < 2 and due_at >= 0 and due_at < ?
        union all
        select 1 from live where subscription = ? and +state < 2 and due_at < ?
        limit ?)
      """;

  /// Counts deliveries of one priority other than the default. Parameters: subscription, priority,
  /// time as [dev.sluice.adapter.jdbc.DueTime#prioritized] has it, limit.
  public static final String COUNT_OF_PRIORITY_BEFORE =
      """
      select count(*) from (
        select 1 from live indexed by live_prioritized
        where subscription = ? and priority = ? and due_at < ? and due_at < 0 and +state < 2
        limit ?)
      """;

  /// Counts deliveries of the default priority. Parameters: subscription, time, limit.
  public static final String COUNT_REGULAR_BEFORE =
      """
      select count(*) from (
        select 1 from live
        where subscription = ? and +state < 2 and due_at >= 0 and due_at < ? limit ?)
      """;

  /// Parameters: subscription, limit.
  public static final String COUNT_LIVE_OF_SUBSCRIPTION =
      "select count(*) from (select 1 from live where subscription = ? limit ?)";

  /// Selects waiting deliveries of a subscription. Parameters: subscription, limit.
  public static final String WAITING_OF_SUBSCRIPTION =
      """
      select due_at, seq, subscription, siblings, started, spent, worker, claimed_at, lease_until,
             failure_kind, failure_error, failure_message, entered_at, lane, lane_position,
             priority
      from live where subscription = ? and +state < 2 order by due_at, seq limit ?
      """;

  private LiveSql() {}
}

package dev.sluice.adapter.jdbc.sqlite.sql;

import static java.util.stream.Collectors.joining;

import dev.sluice.domain.delivery.DeliveryStatus;
import java.util.Arrays;
import java.util.List;

/// SQL statements on the table `fan_out`: the counts of events with several deliveries. Parameters
/// for each status are in the order of [DeliveryStatus].
public final class FanOutSql {

  private static final List<String> COUNTS =
      Arrays.stream(DeliveryStatus.values()).map(DeliveryStatus::wireName).toList();

  private static final String ALL_COUNTS = String.join(", ", COUNTS);

  /// Parameters: sequence, number of received deliveries.
  public static final String INSERT = "insert into fan_out (seq, received) values (?, ?)";

  /// Parameters: sequence, numbers of deliveries in each status.
  public static final String REPLACE =
      "replace into fan_out (seq, "
          + ALL_COUNTS
          + ") values (?"
          + COUNTS.stream().map(_ -> ", ?").collect(joining())
          + ")";

  /// Adds to the counts and returns them. Parameters: what to add for each status; what that adds
  /// to the unfinished deliveries, time; sequence.
  public static final String ADD =
      """
      update fan_out
      set %s, ended_at = case received + retrying + processing + ? when 0 then ? end
      where seq = ? returning %s
      """
          .formatted(
              COUNTS.stream().map("%1$s = %1$s + ?"::formatted).collect(joining(", ")), ALL_COUNTS);

  public static final String DELETE = "delete from fan_out where seq = ?";

  /// Selects events that finished before a time, in the order in which they did. Parameters: time,
  /// limit, the same again, and the limit once more.
  ///
  /// An event with an unfinished delivery is kept even if its counts are wrong, and so is one whose
  /// dead letter blocks a lane.
  public static final String PURGEABLE =
      """
      select seq from (
        select * from (
          select seq, finished_at as ended_at from finished
          where siblings < 2 and finished_at < ? and not exists (
            select 1 from blocked_lane where blocked_lane.seq = finished.seq)
          order by finished_at, seq limit ?)
        union all
        select * from (
          select seq, ended_at from fan_out
          where ended_at < ? and not exists (
            select 1 from live where live.state in (0, 1, 2) and live.seq = fan_out.seq)
          and not exists (select 1 from blocked_lane where blocked_lane.seq = fan_out.seq)
          order by ended_at, seq limit ?)
      ) order by ended_at limit ?
      """;

  /// The counts as the deliveries give them. Placeholders: which unfinished and finished ones.
  private static final String COUNTED_OF =
      """
      select seq, sum(state = 0) as received, sum(state = 1) as retrying,
             sum(state = 2) as processing, sum(state = 3) as completed, sum(state = 4) as failed,
             sum(state = 5) as cancelled, sum(state = 6) as expired,
             case when min(state) > 2 then max(finished_at) end as ended_at
      from (
        select seq, state, null as finished_at from live where %s
        union all
        select seq, status + 2, finished_at from finished where %s
      ) group by seq
      """;

  /// The columns that [#COUNTED_OF] selects.
  private static final String COLUMNS =
      "fan_out (seq, received, retrying, processing, completed, failed, cancelled, expired, ended_at) ";

  /// From all deliveries.
  private static final String COUNTED = COUNTED_OF.formatted("siblings > 1", "siblings > 1");

  /// Replaces the counts of an event by those that its deliveries give, and returns them.
  /// Parameters: sequence, twice.
  public static final String RECOUNT =
      "replace into "
          + COLUMNS
          + COUNTED_OF.formatted(
              "state in (0, 1, 2) and seq = ?", "status in (1, 2, 3, 4) and seq = ?")
          + "returning "
          + ALL_COUNTS;

  public static final String DELETE_ALL = "delete from fan_out";

  public static final String COUNT_ALL = "insert into " + COLUMNS + COUNTED;

  /// Selects the number of events of each combination of statuses.
  public static final String COUNT_EVENTS =
      """
      select count(*) as events, received > 0 as received, retrying > 0 as retrying,
             processing > 0 as processing, completed > 0 as completed, failed > 0 as failed,
             cancelled > 0 as cancelled, expired > 0 as expired
      from (
      """
          + COUNTED
          + ") group by 2, 3, 4, 5, 6, 7, 8";

  /// Selects how many events have counts that differ from their deliveries.
  public static final String COUNT_WRONG =
      """
      with counted as (
      """
          + COUNTED
          + """
          )
          select count(*) from (
            select seq from (
              select seq, received, retrying, processing, completed, failed, cancelled,
                     expired, ended_at is null from counted
              except
              select seq, received, retrying, processing, completed, failed, cancelled,
                     expired, ended_at is null from fan_out)
            union
            select seq from fan_out where seq not in (select seq from counted))
          """;

  private FanOutSql() {}
}

package dev.sluice.adapter.jdbc.postgres.sql;

import static java.util.stream.Collectors.joining;

import java.util.List;

/// SQL statements that change many rows in one round trip. Each is one transaction.
///
/// They share parts: `clock` has the time, `moved` a row for each delivery that changes its state,
/// and `event_moved` the same for events. `was` and `now` name the states.
public final class PostgresSql {

  private static final List<String> STATES =
      List.of("received", "retrying", "processing", "completed", "failed", "cancelled", "expired");

  private static final List<String> UNFINISHED = STATES.subList(0, 3);

  /// The server's time, unless a test gives another: the first parameter.
  public static final String CLOCK =
      """
      clock as materialized (
        select coalesce(?::bigint, (extract(epoch from clock_timestamp()) * 1000000)::bigint * 1000)
               as now
      )
      """;

  /// The priority of an event `e`; null for the default.
  static final String PRIORITY =
      "substring(e.attributes from E'(?:^|\\n)priority_level=([0-9])')::smallint";

  /// Selects the time. Parameter: time.
  public static final String NOW = "with " + CLOCK + "select now from clock";

  /// Adds the changes of state to one of the rows of `backlog`. Needs `moved` and `event_moved`.
  public static final String COUNTED =
      """
      counted as (
        update tally t set %s
        from (select %s from event_moved) e, (select %s from moved) d
        where t.slot = pg_backend_pid() %% 64
          and (exists (select from moved) or exists (select from event_moved))
      )
      """
          .formatted(
              STATES.stream()
                      .map(state -> "e_%1$s = t.e_%1$s + e.%1$s, ".formatted(state))
                      .collect(joining())
                  + "e_unrouted = t.e_unrouted + e.unrouted, "
                  + STATES.stream()
                      .map(state -> "d_%1$s = t.d_%1$s + d.%1$s".formatted(state))
                      .collect(joining(", ")),
              balances() + ", " + balance("unrouted"),
              balances());

  /// The status of an event, from the counts `f` of its deliveries by state; see
  /// [dev.sluice.domain.delivery.EventStatus#of].
  private static final String STATUS =
      """
      case when %1$s.processing %2$s then 'processing' when %1$s.received %3$s then 'received'
           when %1$s.retrying %4$s then 'retrying' when %1$s.failed %5$s then 'failed'
           when %1$s.completed %6$s then 'completed' when %1$s.expired %7$s then 'expired'
           else 'cancelled' end
      """;

  public static final String STATUS_AFTER =
      STATUS.formatted("f", "> 0", "> 0", "> 0", "> 0", "> 0", "> 0");

  private static final String STATUS_BEFORE =
      STATUS.formatted(
          "f",
          "> c.processing",
          "> c.received",
          "> c.retrying",
          "> c.failed",
          "> c.completed",
          "> c.expired");

  /// Derives the changes of events from those of their deliveries: with one delivery, the event's
  /// status is the delivery's. Needs `moved` with `seq` and `siblings`.
  ///
  /// The counts of an event with several deliveries are always there. An upsert finds them even
  /// when a back-fill made them while this statement waited for a delivery; an update would not.
  /// The same row says when the last delivery finished, if none is unfinished.
  public static final String EVENT_MOVED =
      """
      changes as materialized (
        select seq, %1$s from moved where siblings > 1 group by seq
      ),
      fanned as (
        insert into fan_out as f (seq, %2$s) select seq, %2$s from changes order by seq
        on conflict (seq) do update set %3$s,
          ended_at = case %4$s when 0 then (select now from clock) end
        returning f.*
      ),
      event_moved as (
        select was, now from moved where siblings = 1
        union all
        select %5$s as was, %6$s as now from fanned f full join changes c on c.seq = f.seq
      )
      """
          .formatted(
              balances(),
              String.join(", ", STATES),
              STATES.stream()
                  .map(state -> "%1$s = f.%1$s + excluded.%1$s".formatted(state))
                  .collect(joining(", ")),
              UNFINISHED.stream()
                  .map(state -> "f.%1$s + excluded.%1$s".formatted(state))
                  .collect(joining(" + ")),
              STATUS_BEFORE,
              STATUS_AFTER);

  /// The subscriptions that have waiting deliveries: one index lookup for each.
  static final String WAITING_SUBSCRIPTIONS =
      """
      names(name) as (
        (select subscription from waiting order by subscription limit 1)
        union all
        select (select subscription from waiting where subscription > name
                order by subscription limit 1)
        from names where name is not null
      )
      """;

  /// Selects the counts by status, and for how many nanoseconds the oldest delivery has been due.
  /// Parameter: time.
  public static final String COUNTS =
      "with recursive "
          + CLOCK
          + ","
          + WAITING_SUBSCRIPTIONS
          + "select "
          + STATES.stream()
              .map("sum(e_%1$s)::bigint as e_%1$s, sum(d_%1$s)::bigint as d_%1$s, "::formatted)
              .collect(joining())
          + """
          sum(e_unrouted)::bigint as e_unrouted,
          (select max((select now from clock) - first.due_at)
           from names cross join lateral (
             (select w.due_at from waiting w
              where w.subscription = names.name and w.due_at between 0 and (select now from clock)
              order by w.due_at limit 1)
             union all
             (select w.due_at & 4611686018427387903 from waiting w
              where w.subscription = names.name
                and w.due_at <= (select now from clock) - 4611686018427387904
              order by w.due_at limit 1)) first) as oldest
          from tally
          """;

  /// Selects the subscriptions that have waiting deliveries, and in how many nanoseconds the first
  /// of each is due, null when all were abandoned; and whether some have another priority than the
  /// default. Parameter: time.
  public static final String FIRST_DUE =
      "with recursive "
          + CLOCK
          + ","
          + WAITING_SUBSCRIPTIONS
          + """
          select name, p.due_at is not null as is_prioritized,
                 least(p.due_at & 4611686018427387903, (
                   select w.due_at from waiting w
                   where w.subscription = name and w.due_at >= 0
                     and w.failure_kind is distinct from 'ABANDONED'
                   order by w.due_at limit 1)) - (select now from clock) as wait
          from names left join lateral (
            select w.due_at from waiting w where w.subscription = name and w.due_at < 0
            order by w.due_at limit 1) p on true
          where name is not null limit 1000000
          """;

  /// Selects the subscriptions that have waiting deliveries.
  public static final String WAITING_NAMES =
      "with recursive "
          + WAITING_SUBSCRIPTIONS
          + "select name from names where name is not null limit 1000000";

  /// Selects the last block with an event that occurred between two times. Parameters: the first
  /// and the last block, the times.
  public static final String RUN_OF_TIME =
      """
      select max(run) from generate_series(?::bigint, ?::bigint) as runs(run)
           cross join lateral (
             select from event where seq >> 12 = run and occurred_at between ? and ? limit 1
           ) hit
      """;

  /// Stores a node's report, and deletes nodes that have been silent for long. Parameters: time,
  /// nanoseconds, id, version, time of its start, phase, deliveries in progress, slots, figures.
  public static final String REPORT =
      "with "
          + CLOCK
          + """
          , forgotten as (delete from node using clock where last_seen <= clock.now - ?)
          insert into node
                 (id, version, started_at, last_seen, phase, in_flight, slots, figures)
          select t.id, t.version, t.started_at, clock.now, t.phase, t.in_flight,
                 t.slots, t.figures
          from (values (?, ?, ?::bigint, ?, ?::int, ?::int, ?))
               as t(id, version, started_at, phase, in_flight, slots, figures), clock
          on conflict (id) do update
          set version = excluded.version, started_at = excluded.started_at,
              last_seen = excluded.last_seen, phase = excluded.phase, in_flight = excluded.in_flight,
              slots = excluded.slots, figures = excluded.figures
          """;

  /// Selects the nodes that reported lately. Parameters: time, nanoseconds.
  public static final String NODES =
      "with "
          + CLOCK
          + """
          select id, version, started_at, phase, in_flight, slots, figures,
                 clock.now - last_seen as silent_for
          from node, clock where last_seen > clock.now - ? order by id
          """;

  /// Selects the first and the last block that may exist below a sequence, which is the parameter.
  public static final String RUNS =
      """
      select (select seq from event order by seq limit 1) >> 12,
             least((select seq from event order by seq desc limit 1), ?::bigint - 1) >> 12
      """;

  /// Notifies other nodes of new work. Parameter: sender.
  public static final String NOTIFY = "select pg_notify('sluice_work', ?)";

  private PostgresSql() {}

  /// Deletes what is kept of attempts beyond the most that are kept of a delivery, see
  /// [dev.sluice.domain.delivery.EventRecord.History#MAX_ATTEMPTS].
  ///
  /// @param table of attempts, or of their responses
  /// @param rows the part of the statement that has the deliveries
  /// @param condition which of them may have one attempt more than before
  static String forgotten(String table, String rows, String condition) {
    return """
    delete from %1$s where ctid = any(array(
      select a.place from %2$s t cross join lateral (
        select ctid as place from %1$s
        where seq = t.seq and subscription = t.subscription and number <= t.started - 100
        offset 0) a
      where t.started > 100 and %3$s))
    """
        .formatted(table, rows, condition);
  }

  /// Returns for each state how many entered it, less how many left it.
  private static String balances() {
    return STATES.stream().map(PostgresSql::balance).collect(joining(", "));
  }

  private static String balance(String state) {
    return "(count(*) filter (where now = '%1$s') - count(*) filter (where was = '%1$s'))::int as %1$s"
        .formatted(state);
  }
}

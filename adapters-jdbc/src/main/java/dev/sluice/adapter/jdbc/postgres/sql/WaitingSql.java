package dev.sluice.adapter.jdbc.postgres.sql;

/// SQL statements on waiting and leased deliveries of a subscription.
public final class WaitingSql {

  /// Selects the subscriptions of deliveries whose last attempt was abandoned. Reads them first, so
  /// that an index with all deliveries in the order of their subscriptions is no way. Parameter:
  /// limit.
  public static final String ABANDONED_SUBSCRIPTIONS =
      """
      with abandoned as materialized (
        select subscription from waiting where failure_kind = 'ABANDONED'
      )
      select distinct subscription from abandoned limit ?
      """;

  /// Locks subscriptions until the end of the transaction, and selects those that no other
  /// transaction has locked. Parameter: subscriptions.
  public static final String LOCK_LIMITS =
      """
      select name from unnest(?::text[]) as t(name)
      where pg_try_advisory_xact_lock(hashtextextended('sluice lease limit ' || name, 0))
      """;

  /// Parameter: subscriptions.
  public static final String COUNT_LEASED =
      "select subscription, count(*) from leased where subscription = any(?) group by subscription";

  /// Makes parked deliveries due again. Parameter: limit. The number is
  /// [dev.sluice.adapter.jdbc.DueTime#PARKED].
  public static final String UNPARK =
      """
      update waiting set due_at = due_at - 4611686018427387904
      where ctid = any(array(
        select ctid from waiting where due_at >= 4611686018427387904 and lane is null
        limit ? for update skip locked))
      """;

  /// Moves the first attempts of an event's deliveries, and selects their subscriptions.
  /// Parameters: time, when they are due, sequence of the event, its attributes.
  public static final String RESCHEDULE =
      "with "
          + PostgresSql.CLOCK
          + """
          , meant as (select ?::bigint as due_at, ?::bigint as seq, ?::text as attributes),
          moved as (
            update waiting w
            set due_at = greatest((select due_at from meant), clock.now)
                  + case when w.due_at >= 4611686018427387904 then 4611686018427387904
                         when w.due_at < 0 then -4611686018427387904 else 0 end,
                entered_at = clock.now
            from clock
            where w.state = 0 and w.seq = (select seq from meant) and w.started = 0
            returning w.subscription
          ),
          changed as (
            update event set attributes = (select attributes from meant)
            where seq = (select seq from meant) and exists (select from moved)
          )
          select subscription from moved order by subscription
          """;

  /// Selects waiting deliveries of a subscription. Parameters: subscription, limit.
  public static final String WAITING_OF_SUBSCRIPTION =
      "select seq from waiting where subscription = ? order by due_at limit ?";

  /// Parameters: subscription, limit; the same again.
  public static final String COUNT_UNFINISHED =
      """
      select (select count(*) from (select from waiting where subscription = ? limit ?) w)
           + (select count(*) from (select from leased where subscription = ? limit ?) l)
      """;

  /// Counts deliveries of the default priority. Parameters: subscription, earliest due time, time,
  /// limit.
  public static final String COUNT_DUE_BEFORE =
      """
      select count(*) from (
        select from waiting where subscription = ? and due_at >= ? and due_at < ? limit ?) w
      """;

  /// Counts deliveries of other priorities. Parameters: arrays of priorities and of times; limit;
  /// subscription; limit. Times are as [dev.sluice.adapter.jdbc.DueTime#prioritized] has them.
  public static final String COUNT_PRIORITIZED_BEFORE =
      """
      select count(*) from (
        select from unnest(?::int[], ?::bigint[]) as l(priority, before)
             cross join (select ?::int as most) m
             cross join lateral (
               select from waiting w
               where w.subscription = ? and w.due_at < 0
                 and (w.priority, w.due_at) >= (l.priority, -9223372036854775808)
                 and (w.priority, w.due_at) < (l.priority, l.before)
               limit m.most) found
        limit ?) c
      """;

  /// Selects the number of waiting deliveries of each subscription by state, and for how many
  /// nanoseconds the oldest has been due; null when none is. Parameters: time, subscriptions, most
  /// deliveries of one.
  public static final String COUNT_WAITING =
      "with "
          + PostgresSql.CLOCK
          + """
          select name, counted.received, counted.retrying, (
            select (select now from clock) - min(oldest.due_at) from (
              (select w.due_at from waiting w
               where w.subscription = name and w.due_at between 0 and (select now from clock)
               order by w.due_at limit 1)
              union all
              (select w.due_at & 4611686018427387903 from waiting w
               where w.subscription = name
                 and w.due_at <= (select now from clock) - 4611686018427387904
               order by w.due_at limit 1)) oldest) as oldest
          from unnest(?::text[]) as t(name) cross join lateral (
            select count(*) filter (where picked.state = 0) as received,
                   count(*) filter (where picked.state = 1) as retrying
            from (select w.state from waiting w where w.subscription = name
                  order by w.due_at limit ?) picked) counted
          """;

  /// Counts the deliveries that become due in equal steps of time. Parameters: time, nanoseconds of
  /// a step and of all, most deliveries.
  public static final String DUE_SOON =
      "with recursive "
          + PostgresSql.CLOCK
          + ","
          + PostgresSql.WAITING_SUBSCRIPTIONS
          + """
          , span as materialized (
            select clock.now as begins, ?::bigint as step, clock.now + ?::bigint as ends,
                   ?::int as most
            from clock
          )
          select ((soon.due_at & 4611686018427387903) - span.begins) / span.step as place, count(*)
          from span cross join lateral (
            select w.due_at from names cross join lateral (
              (select due_at from waiting
               where subscription = names.name and due_at >= span.begins and due_at < span.ends
               limit span.most)
              union all
              (select due_at from waiting
               where subscription = names.name
                 and due_at >= span.begins - 4611686018427387904
                 and due_at < span.ends - 4611686018427387904
               limit span.most)) w
            limit span.most) soon
          group by place
          """;

  private WaitingSql() {}
}

package dev.sluice.adapter.jdbc;

/// Statements about deliveries that are set aside, see [DueTime]. The number in them is
/// [DueTime#ASIDE].
final class AsideSql {

  /// Parameters: key. A clock that stood before 1970 must not take a delivery to where it looks
  /// like one that was never set aside.
  static final String SET_ASIDE =
      """
      update live set due_at = max(due_at, 0) + 4611686018427387904
      where due_at = ? and seq = ? and subscription = ?
      """;

  /// Parameters: key.
  static final String PUT_BACK =
      """
      update live set due_at = due_at - 4611686018427387904
      where due_at = ? and seq = ? and subscription = ?
      """;

  /// Those of a subscription, in their order.
  static final String ASIDE_OF_SUBSCRIPTION =
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

  static final String NAMES = names("live");

  /// Leases deliveries that are due, but for those of some subscriptions, which are set aside.
  /// Parameters: time, names of subscriptions, since when at the earliest, how many to look at,
  /// most to lease, most bytes of events but for the last one, worker, nanoseconds. There is always
  /// a row: with how many were looked at, since when the first of them is due, and how many were
  /// set aside.
  static final String POSTGRES_CLAIM =
      "with "
          + PostgresSql.CLOCK
          + """
          , due as materialized (
            select w.ctid as place, w.bytes, w.due_at, w.seq, w.subscription = any(?) as is_paused
            from waiting w
            where w.due_at >= ? and w.due_at <= (select now from clock)
              and w.failure_kind is distinct from 'ABANDONED'
            order by w.due_at limit ? for update of w skip locked
          ),
          aside as (
            update waiting set due_at = greatest(due_at, 0) + 4611686018427387904
            where ctid = any(array(select place from due where is_paused))
            returning seq
          ),
          wanted as (
            select place from (
              select place, sum(bytes) over (order by due_at, seq) - bytes as before
              from (select * from due where not is_paused order by due_at, seq limit ?) w
            ) d where before < ?
          ),
          """
          + PostgresDeliverySql.LEASED
          + """
          select s.looked, s.first_due, s.aside, t.due_at, t.seq, t.subscription,
                 t.started + 1 as started, t.spent + 1 as spent, clock.now, t.failure_kind,
                 e.id, e.type, e.occurred_at, e.received_at, e.attributes, e.payload, e.checksum
          from (select count(*) as looked, min(due_at) as first_due,
                       (select count(*) from aside) as aside
                from due) s
               cross join clock left join taken t on true left join event e on e.seq = t.seq
          order by t.due_at, t.seq
          """;

  /// Parameters: subscription, most.
  static final String POSTGRES_PUT_BACK =
      """
      update waiting set due_at = due_at - 4611686018427387904
      where ctid = any(array(
        select ctid from waiting
        where subscription = ? and due_at >= 4611686018427387904
        order by due_at limit ? for update skip locked))
      """;

  static final String POSTGRES_NAMES = names("waiting");

  /// Parameters: since when at the earliest, time, most.
  static final String POSTGRES_COUNT_DUE_BEFORE =
      """
      select count(*) from (select from waiting where due_at >= ? and due_at < ? limit ?) w
      """;

  private AsideSql() {}

  /// The subscriptions of which something is set aside: a look into the index for each.
  private static String names(String table) {
    return """
    with recursive names(name) as (
      select min(subscription) from %1$s where due_at >= 4611686018427387904
      union all
      select (select min(subscription) from %1$s
              where due_at >= 4611686018427387904 and subscription > name)
      from names where name is not null
    )
    select name from names where name is not null limit 10000
    """
        .formatted(table);
  }
}

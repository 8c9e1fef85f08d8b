package dev.sluice.adapter.jdbc.postgres.sql;

import static dev.sluice.adapter.jdbc.postgres.sql.PostgresSql.CLOCK;

import dev.sluice.adapter.jdbc.lane.LaneReads;

/// SQL statements on the lanes of ordered subscriptions. The number in them is
/// [dev.sluice.adapter.jdbc.DueTime#PARKED].
///
/// Who decides which delivery of a lane is the head first locks the lane and then decides with a
/// further statement, which sees what the holders of the lock before it have committed. No one
/// waits for a lane while it holds rows that others change who hold a lane.
public final class LaneSql {

  /// Locks lanes until the end of the transaction: 1,024 locks for all lanes, taken in their order,
  /// so that two transactions cannot deadlock. Parameters: arrays of subscriptions and keys.
  public static final String LOCK =
      """
      select pg_advisory_xact_lock(1936487523, bucket) from (
        select distinct (hashtextextended(t.subscription || ' ' || t.key, 0) & 1023)::int as bucket
        from unnest(?::text[], ?::text[]) as t(subscription, key) order by bucket) b
      """;

  private static final String HAS_LEASED =
      "exists (select from leased l where l.subscription = %1$s.subscription and l.lane = %1$s.lane"
          + " offset 0)";

  private static final String HAS_HEAD =
      "exists (select from waiting h where h.subscription = %1$s.subscription and h.lane = %1$s.lane"
          + " and h.due_at < 4611686018427387904 offset 0)";

  private static final String HAS_BEHIND =
      "exists (select from waiting b where b.subscription = %1$s.subscription and b.lane = %1$s.lane"
          + " and b.due_at >= 4611686018427387904 offset 0)";

  private static final String IS_BLOCKED =
      "exists (select from blocked_lane x where x.subscription = %1$s.subscription"
          + " and x.lane = %1$s.lane offset 0)";

  /// Whether the lane of a row has an unfinished delivery or is blocked. Placeholder: the row.
  static final String IS_TAKEN =
      "(" + String.join("\n or ", HAS_LEASED, HAS_HEAD, HAS_BEHIND, IS_BLOCKED) + ")";

  private static final String HAS_NO_HEAD =
      "not " + String.join("\n and not ", HAS_LEASED, HAS_HEAD, IS_BLOCKED);

  /// The due time of a row that stood behind and can be claimed from now on. Needs `clock`.
  private static final String CLAIMABLE =
      """
      greatest(due_at & 4611686018427387903, (select now from clock))
        - case when priority is not null and failure_kind is distinct from 'ABANDONED'
               then 4611686018427387904 else 0 end
      """;

  /// Makes the first delivery behind the head of those locked lanes that need one, and puts heads
  /// behind where another is in progress. Rows that others hold are left to them or to a later
  /// look. Selects the subscriptions of the new heads. Parameters: time; arrays of subscriptions
  /// and keys.
  public static final String ADVANCE =
      "with "
          + CLOCK
          + """
          , given as materialized (
            select distinct t.subscription, t.lane
            from unnest(?::text[], ?::text[]) as t(subscription, lane)
            where exists (select from ordered_subscription
                          where name = t.subscription and state = 'ARRANGED' offset 0)
          ),
          next as materialized (
            select n.ctid as place from given g cross join lateral (
              select ctid as place from waiting
              where subscription = g.subscription and lane = g.lane
                and due_at >= 4611686018427387904
              order by lane_position, seq limit 1) w
            join waiting n on n.ctid = w.place
            where %s
            for update of n skip locked
          ),
          too_many as materialized (
            select w.seq, g.subscription from given g cross join lateral (
              select lane_position, seq from waiting
              where subscription = g.subscription and lane = g.lane
                and due_at < 4611686018427387904 offset 0) w
            where %s or %s or exists (
              select from waiting h where h.subscription = g.subscription and h.lane = g.lane
                and h.due_at < 4611686018427387904
                and (h.lane_position, h.seq) < (w.lane_position, w.seq) offset 0)
          ),
          put_behind as (
            update waiting set entered_at = coalesce(entered_at, due_at & 4611686018427387903),
                               due_at = (due_at & 4611686018427387903) + 4611686018427387904
            where seq = any(array(select seq from too_many)) and due_at < 4611686018427387904
              and ((seq, subscription) in (select t.seq, t.subscription from too_many t)) is true
          )
          update waiting
          set entered_at = coalesce(entered_at, due_at & 4611686018427387903),
              due_at = %s
          where ctid = any(array(select place from next))
          returning subscription
          """
              .formatted(
                  HAS_NO_HEAD.formatted("g"),
                  HAS_LEASED.formatted("g"),
                  IS_BLOCKED.formatted("g"),
                  CLAIMABLE);

  /// Selects lanes that need a head. Parameters: subscription, twice; limit.
  public static final String WITHOUT_HEAD =
      """
      with recursive keys(lane) as (
        (select lane from waiting
         where subscription = ? and due_at >= 4611686018427387904 and lane is not null
         order by lane limit 1)
        union all
        select (select w.lane from waiting w
                where w.subscription = ? and w.due_at >= 4611686018427387904 and w.lane > keys.lane
                order by w.lane limit 1)
        from keys where keys.lane is not null
      ),
      lanes as (select ?::text as subscription, lane from keys where lane is not null)
      select k.lane from lanes k where %s limit ?
      """
          .formatted(HAS_NO_HEAD.formatted("k"));

  public static final String ORDERED = "select name, on_failure, state from ordered_subscription";

  /// Parameters: subscription, what a dead letter does; subscription, twice.
  public static final String BEGIN =
      """
      insert into ordered_subscription (name, on_failure, state)
      select ?, ?, case when exists (select from waiting where subscription = ?)
                          or exists (select from leased where subscription = ?)
                        then 'ARRANGING' else 'ARRANGED' end
      on conflict (name) do update set on_failure = excluded.on_failure, state = 'ARRANGING'
      where ordered_subscription.state = 'DISSOLVING'
      """;

  /// Parameters: what a dead letter does, subscription.
  public static final String SET_ON_FAILURE =
      "update ordered_subscription set on_failure = ? where name = ?";

  /// Parameter: subscription.
  public static final String DISSOLVE =
      "update ordered_subscription set state = 'DISSOLVING' where name = ?";

  /// Ends the forming of lanes, unless another node is forming some at this moment. Parameters:
  /// subscription, three times.
  public static final String ARRANGED =
      """
      update ordered_subscription set state = 'ARRANGED'
      where name = ? and state = 'ARRANGING'
        and not exists (
          select from waiting w
          where w.subscription = ? and w.due_at < 4611686018427387904 and w.lane is null
            and exists (
              select from event e where e.seq = w.seq and e.event_key is not null offset 0))
        and not exists (
          select from leased l
          where l.subscription = ? and l.lane is null and exists (
            select from event e where e.seq = l.seq and e.event_key is not null offset 0))
      """;

  /// Selects subscriptions without an ordering that have deliveries behind a head: a transaction
  /// that began before the lanes were released has stored some.
  public static final String STRANDED =
      """
      with recursive names(name) as (
        (select subscription from waiting
         where lane is not null and due_at >= 4611686018427387904
         order by subscription limit 1)
        union all
        select (select w.subscription from waiting w
                where w.lane is not null and w.due_at >= 4611686018427387904
                  and w.subscription > names.name
                order by w.subscription limit 1)
        from names where names.name is not null
      )
      select name from names
      where name is not null
        and not exists (select from ordered_subscription o where o.name = names.name)
      """;

  public static final String DELETE_ORDERED = "delete from ordered_subscription where name = ?";

  /// Puts waiting deliveries behind in their lanes. Parameters: subscription, limit.
  public static final String FORM =
      """
      update waiting w
      set lane = (select e.event_key from event e where e.seq = w.seq), lane_position = w.seq,
          entered_at = coalesce(w.entered_at, w.due_at & 4611686018427387903),
          due_at = (w.due_at & 4611686018427387903) + 4611686018427387904
      where w.ctid = any(array(
        select n.ctid from waiting n
        where n.subscription = ? and n.due_at < 4611686018427387904 and n.lane is null
          and exists (
            select from event k where k.seq = n.seq and k.event_key is not null offset 0)
        order by n.due_at limit ? for update skip locked))
      """;

  /// Makes deliveries in progress heads of their lanes. Parameter: subscription.
  public static final String FORM_LEASED =
      """
      update leased l
      set lane = (select e.event_key from event e where e.seq = l.seq), lane_position = l.seq
      where l.ctid = any(array(
        select h.ctid from leased h
        where h.subscription = ? and h.lane is null and exists (
          select from event e where e.seq = h.seq and e.event_key is not null offset 0)
        order by h.seq for update skip locked))
      """;

  /// Releases waiting deliveries from their lanes. Parameters: time, subscription, limit.
  public static final String RELEASE =
      "with "
          + CLOCK
          + """
          update waiting
          set lane = null, lane_position = null,
              entered_at = coalesce(entered_at, due_at & 4611686018427387903),
              due_at = case when due_at < 4611686018427387904 then due_at
                else %s end
          where ctid = any(array(
            select ctid from waiting where subscription = ? and lane is not null
            limit ? for update skip locked))
          """
              .formatted(CLAIMABLE);

  /// Parameter: subscription.
  public static final String RELEASE_LEASED =
      """
      update leased set lane = null, lane_position = null
      where ctid = any(array(
        select ctid from leased where subscription = ? and lane is not null
        order by seq for update skip locked))
      """;

  /// Parameters: subscription, limit.
  public static final String BLOCKED_OF_SUBSCRIPTION =
      "select lane from blocked_lane where subscription = ? limit ?";

  /// Makes the head of a lane due now. Parameters: time, subscription, key.
  public static final String RETRY_NOW =
      "with "
          + CLOCK
          + """
          update waiting set due_at = clock.now - case when due_at < 0 then 4611686018427387904 else 0 end,
                             entered_at = clock.now
          from clock
          where subscription = ? and lane = ? and due_at < 4611686018427387904 and state = 1
            and seq = (select seq from event where id = ?)
          """;

  /// Parameters: subscription, key.
  public static final String UNBLOCK =
      "delete from blocked_lane where subscription = ? and lane = ?";

  /// Parameters: subscription, key, event.
  public static final String UNBLOCK_HEAD =
      UNBLOCK + " and seq = (select seq from event where id = ?)";

  public static final String DELETE_BLOCKED = "delete from blocked_lane where subscription = ?";

  /// Selects the keys of lanes that have a head or are blocked. Parameters: subscription, key after
  /// which to begin, limit, three times; limit.
  public static final String KEYS =
      """
      select lane from (
        (select lane from waiting
         where subscription = ? and lane > ? and due_at < 4611686018427387904
         order by lane limit ?)
        union
        (select lane from leased where subscription = ? and lane > ? order by lane limit ?)
        union
        (select lane from blocked_lane where subscription = ? and lane > ? order by lane limit ?)
      ) k order by lane limit ?
      """;

  /// Selects the keys of blocked lanes. Parameters: subscription, key after which to begin, limit.
  public static final String BLOCKED_KEYS =
      "select lane from blocked_lane where subscription = ? and lane > ? order by lane limit ?";

  public static final LaneReads.Sql READS =
      new LaneReads.Sql(
          """
          select due_at, seq, subscription, siblings, started, spent, worker, claimed_at,
                 lease_until, failure_kind, failure_error, failure_message, entered_at, lane,
                 lane_position, priority
          from live where subscription = ? and lane = ? and due_at < 4611686018427387904
          order by lane_position, seq limit 1
          """,
          """
          select count(*) from waiting
          where subscription = ? and lane = ? and due_at >= 4611686018427387904
          """);

  /// Selects the deliveries behind the head of a lane. Parameters: subscription, key, limit.
  public static final String BEHIND =
      """
      select e.id from waiting w cross join lateral (
        select id from event where seq = w.seq offset 0) e
      where w.subscription = ? and w.lane = ? and w.due_at >= 4611686018427387904
      order by w.lane_position, w.seq limit ?
      """;

  private LaneSql() {}
}

package dev.sluice.adapter.jdbc.postgres.sql;

import static dev.sluice.adapter.jdbc.postgres.sql.PostgresSql.CLOCK;
import static dev.sluice.adapter.jdbc.postgres.sql.PostgresSql.COUNTED;
import static dev.sluice.adapter.jdbc.postgres.sql.PostgresSql.STATUS_AFTER;
import static java.util.stream.Collectors.joining;

import java.util.List;

/// SQL statements that store and delete many events in one round trip. Each is one transaction.
public final class PostgresEventSql {

  /// What is stored of the events beside their deliveries.
  private static final String WITH_EVENTS =
      """
          several as (
            insert into fan_out (seq, received) select seq, siblings from taken where siblings > 1
          ),
          unrouted as (
            insert into finished (status, seq, subscription, siblings, finished_at, started, spent)
            select 0, seq, '', 0, clock.now, 0, 0 from taken, clock where siblings = 0
          ),
          moved as (select null::text as was, 'received'::text as now from route),
          event_moved as (
            select null::text as was, case siblings when 0 then 'unrouted' else 'received' end as now
            from taken
          ),
      """;

  private static final String ENTERED =
      """
      entered as (
        insert into waiting (state, seq, subscription, siblings, bytes, due_at, started, spent,
                             entered_at)
        select 0, seq, subscription, siblings, bytes, greatest(not_before, clock.now), 0, 0,
               case when not_before > clock.now then clock.now end
        from route, clock
      ),
      """;

  private static final String ENTERED_PRIORITIZED =
      """
      entered as (
        insert into waiting (state, seq, subscription, siblings, bytes, due_at, started, spent,
                             entered_at, priority)
        select 0, seq, subscription, siblings, bytes,
               greatest(not_before, clock.now)
                 - case when priority <> 5 then 4611686018427387904 else 0 end,
               0, 0, case when not_before > clock.now then clock.now end, nullif(priority, 5)
        from route, clock
      ),
      """;

  /// Among the deliveries of a lane, only the first can be the head, and only of a lane that has no
  /// other. While a subscription is being arranged, none is.
  private static final String ENTERED_LANES =
      """
      placed as materialized (
        select r.*, o.state, case when o.state <> 'DISSOLVING' then r.key end as lane,
               row_number() over (partition by r.subscription, r.key order by r.place) as turn
        from route r left join lateral (
          select state from ordered_subscription where name = r.subscription offset 0) o on true
      ),
      stood as materialized (
        select p.*, p.lane is not null
                    and (p.state <> 'ARRANGED' or p.turn > 1 or %s) as is_behind
        from placed p
      ),
      entered as (
        insert into waiting (state, seq, subscription, siblings, bytes, due_at, started, spent,
                             entered_at, lane, lane_position, priority)
        select 0, seq, subscription, siblings, bytes,
               greatest(not_before, clock.now)
                 + case when is_behind then 4611686018427387904
                        when priority <> 5 then -4611686018427387904 else 0 end,
               0, 0, case when not_before > clock.now then clock.now end, lane,
               case when lane is not null then seq end, nullif(priority, 5)
        from stood, clock
      ),
      """
          .formatted(LaneSql.IS_TAKEN.formatted("p"));

  /// Stores events whose ids are free. Parameters: time; arrays of ids, types, times of occurrence,
  /// times of receipt, keys, attributes, payloads, checksums, digests and numbers of subscriptions;
  /// arrays of the places of events in those, of their subscriptions, and of the times before which
  /// their deliveries do not begin, 0 for none.
  ///
  /// Ids are inserted in order, so that two of these cannot deadlock.
  public static final String APPEND = append("", List.of(), ENTERED);

  /// Does the same for events of which some have a priority. Further parameter: array of the
  /// priorities of routes.
  public static final String APPEND_PRIORITIZED =
      append(", r.priority", List.of("priority"), ENTERED_PRIORITIZED);

  /// Does the same for events of which some are for ordered subscriptions, whose lanes are locked.
  /// Further parameter, after that of [#APPEND_PRIORITIZED]: array of 1 for each route to an
  /// ordered subscription, else 0.
  public static final String APPEND_PLACED =
      append(
          ", case r.is_ordered when 1 then t.event_key end as key, t.place, r.priority",
          List.of("priority", "is_ordered"),
          ENTERED_LANES);

  /// @param columns further columns of routes
  /// @param names of further parameters for each route
  /// @param entered stores the deliveries
  private static String append(String columns, List<String> names, String entered) {
    return "with "
        + CLOCK
        + """
          , given as materialized (
            select nextval('event_seq') as seq, t.*
            from unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::text[], ?::text[],
                        ?::text[], ?::bigint[], ?::text[], ?::bigint[], ?::int[])
                 with ordinality as t(id, type, occurred_at, received_at, event_key, attributes,
                                      payload, checksum, digest, routed_by, siblings, place)
          ),
          stored as (
            insert into event (seq, id, type, occurred_at, received_at, event_key, attributes,
                               payload, checksum, digest, routed_by)
            select seq, id, type, occurred_at, received_at, event_key, attributes, payload, checksum,
                   digest, routed_by
            from given order by id, place
            on conflict (id) do nothing
            returning seq
          ),
          taken as materialized (
            select t.place, t.seq, t.siblings, t.event_key,
                   octet_length(t.payload) + coalesce(octet_length(t.attributes), 0) as bytes
            from stored s full join given t on t.seq = s.seq where coalesce(s.seq >= 0, false)
          ),
          """
        + route(columns, names)
        + entered
        + WITH_EVENTS
        + COUNTED
        + "select taken.place, taken.seq, clock.now from taken, clock";
  }

  private static String route(String columns, List<String> names) {
    return """
    route as materialized (
      select t.seq, t.siblings, t.bytes, r.subscription, r.not_before%s
      from taken t
      join unnest(?::bigint[], ?::text[], ?::bigint[]%s) as r(place, subscription, not_before%s)
           on r.place = t.place
    ),
    """
        .formatted(
            columns,
            ", ?::int[]".repeat(names.size()),
            names.stream().map(", "::concat).collect(joining()));
  }

  /// Selects stored events without their payloads. Parameter: array of ids.
  public static final String EXISTING =
      """
      select e.id, e.seq, e.received_at, e.digest,
             (select coalesce(bit_or(1 << l.state), 0) from live l
              where l.state in (0, 1, 2) and l.seq = e.seq) as live,
             (select coalesce(bit_or(1 << f.status), 0) from finished f
              where f.status in (1, 2, 3, 4) and f.seq = e.seq) as finished
      from event e where e.id = any(?) limit 1000000
      """;

  /// Parameters: arrays of sequences, ids and digests.
  public static final String KEEP_DIGESTS =
      """
      with given as materialized (
        select * from unnest(?::bigint[], ?::text[], ?::text[]) as t(seq, id, digest)
      )
      update event e
      set digest = (select t.digest from given t where t.seq = e.seq and t.id = e.id limit 1)
      where e.seq = any(array(select seq from given))
        and ((e.seq, e.id) in (select t.seq, t.id from given t)) is true
      """;

  private static final String NAMED_STATUS =
      """
      case status when 0 then 'unrouted' when 1 then 'completed' when 2 then 'failed'
                  when 4 then 'expired' else 'cancelled' end
      """;

  /// Deletes events with one delivery or none. Parameters: time, nanoseconds since their end,
  /// limit. Rows are locked in order, and those that others hold are left for the next time.
  public static final String PURGE =
      "with "
          + CLOCK
          + """
          , old as materialized (
            select ctid as place from finished
            where finished_at < (select now from clock) - ? and siblings < 2
              and not exists (select from blocked_lane b where b.seq = finished.seq offset 0)
            order by finished_at, seq limit ? for update skip locked
          ),
          gone as (
            delete from finished where ctid = any(array(select place from old)) returning seq, status
          ),
          attempts as (delete from attempt where seq = any(array(select seq from gone))),
          old_responses as (delete from responses where seq = any(array(select seq from gone))),
          events as (delete from event where seq = any(array(select seq from gone))),
          moved as (select %1$s as was, null::text as now from gone),
          event_moved as (select was, now from moved),
          """
              .formatted(NAMED_STATUS)
          + COUNTED
          + "select count(*) from gone";

  /// Fills in when events with several deliveries finished, where a node of an earlier version
  /// changed the event last, and returns the number of them. Parameters: time, limit. Must run on a
  /// snapshot: it must fail when others change such an event meanwhile.
  ///
  /// Counts without deliveries get the time, so that they do not hold up others.
  public static final String FILL_IN_ENDS =
      "with "
          + CLOCK
          + """
          , ended as materialized (
            select seq from fan_out where received + retrying + processing = 0 and ended_at is null
            limit ? for update skip locked
          ),
          filled as (
            update fan_out f
            set ended_at = coalesce((select max(x.finished_at) from finished x
                                     where x.status in (1, 2, 3, 4) and x.seq = f.seq),
                                    (select now from clock))
            where f.seq = any(array(select seq from ended))
            returning f.seq
          )
          select count(*) from filled
          """;

  /// Deletes events with several deliveries, and returns how many it deleted and how many it
  /// corrected. Parameters: time, nanoseconds since their end, limit for both, the nanoseconds
  /// again. Must run on a snapshot: it must fail when others change such an event meanwhile.
  ///
  /// Nodes of an earlier version do not change `ended_at`, so after a replay by one of them a
  /// delivery may have finished later. Such an event gets the correct `ended_at`, and is not read
  /// again until it may be deleted.
  public static final String PURGE_FANNED_OUT =
      "with "
          + CLOCK
          + """
          , ended as materialized (
            select f.seq, %s as status from fan_out f
            where f.received + f.retrying + f.processing = 0
              and f.ended_at < (select now from clock) - ?
              and not exists (select from blocked_lane b where b.seq = f.seq offset 0)
            order by f.ended_at, f.seq limit ? for update of f skip locked
          ),
          newest as materialized (
            select e.seq, e.status, (select max(x.finished_at) from finished x
                                     where x.status in (1, 2, 3, 4) and x.seq = e.seq) as finished_at
            from ended e
          ),
          old as materialized (
            select seq, status from newest where finished_at < (select now from clock) - ?
          ),
          corrected as (
            update fan_out f
            set ended_at = coalesce((select n.finished_at from newest n where n.seq = f.seq),
                                    (select now from clock))
            where f.seq = any(array(select seq from newest except select seq from old))
            returning f.seq
          ),
          gone as (
            delete from finished
            where status in (1, 2, 3, 4) and seq = any(array(select seq from old))
            returning status
          ),
          counts as (delete from fan_out where seq = any(array(select seq from old))),
          attempts as (delete from attempt where seq = any(array(select seq from old))),
          old_responses as (delete from responses where seq = any(array(select seq from old))),
          events as (delete from event where seq = any(array(select seq from old))),
          moved as (select %s as was, null::text as now from gone),
          event_moved as (select status as was, null::text as now from old),
          """
              .formatted(STATUS_AFTER, NAMED_STATUS)
          + COUNTED
          + """
          select (select count(*) from old) as deleted, (select count(*) from corrected) as corrected
          """;

  private PostgresEventSql() {}
}

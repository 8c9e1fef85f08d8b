package dev.sluice.adapter.jdbc;

/// SQL statements of SQLite, and reading statements of both databases. PostgreSQL's own are in
/// `postgres.sql`.
public final class EventSql {

  static final String INSERT_EVENT =
      """
      insert into event (seq, id, type, occurred_at, received_at, event_key, attributes, payload, checksum,
                         digest, routed_by)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (id) do nothing
      """;

  public static final String INSERT_WAITING =
      """
      insert into live (due_at, seq, subscription, state, siblings, started, spent,
                        failure_kind, failure_error, failure_message, entered_at, lane,
                        lane_position, priority)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  public static final String INSERT_UNROUTED =
      """
      insert into finished (status, seq, subscription, siblings, finished_at, started, spent)
      values (0, ?, '', 0, ?, 0, 0)
      """;

  public static final String INSERT_FINISHED =
      """
      insert into finished (status, seq, subscription, siblings, finished_at, started, spent,
                            worker, claimed_at, failure_kind, failure_error, failure_message,
                            fingerprint, subscription_version)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  static final String INSERT_ATTEMPT =
      """
      insert into attempt (seq, subscription, number, worker, started_at, ended_at, outcome,
                           failure_kind, failure_error, failure_message, subscription_version)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  public static final String WIDEN_SPAN =
      """
      insert into span (chunk, earliest, latest) values (?, ?, ?)
      on conflict (chunk) do update
      set earliest = min(earliest, excluded.earliest), latest = max(latest, excluded.latest)
      """;

  public static final String LAST_RECEIVED =
      "select received_at from event order by seq desc limit 1";

  public static final String LEASE =
      """
      update live set state = 2, worker = ?, claimed_at = ?, lease_until = ?, started = ?, spent = ?
      where due_at = ? and seq = ? and subscription = ?
      """;

  public static final String EXTEND_LEASE =
      """
      update live set lease_until = ? where due_at = ? and seq = ? and subscription = ?
      """;

  public static final String DELETE_LIVE =
      """
      delete from live where due_at = ? and seq = ? and subscription = ?
      """;

  public static final String DELETE_FINISHED =
      """
      delete from finished where status = ? and seq = ? and subscription = ?
      """;

  static final String FORGET_OLD_ATTEMPTS =
      """
      delete from attempt where seq = ? and subscription = ? and number <= ?
      """;

  static final String EVENT_BY_SEQ =
      """
      select seq, id, type, occurred_at, received_at, attributes, payload, checksum
      from event where seq = ?
      """;

  static final String ROUTED_BY = "select coalesce(routed_by, 0) from event where seq = ?";

  static final String SEQ_OF_ID = "select seq from event where id = ?";

  static final String EXISTING = "select seq, received_at, digest from event where id = ?";

  public static final String KEEP_DIGEST = "update event set digest = ? where seq = ? and id = ?";

  static final String EXPIRING_ATTRIBUTES =
      "select attributes from event where seq = ? and attributes like '%expires_at=%'";

  public static final String SET_ATTRIBUTES = "update event set attributes = ? where seq = ?";

  static final String HEAD_OF_SEQ = "select id, type, event_key from event where seq = ?";

  /// When a delivery entered its state. Rows of earlier releases do not have it: a retry entered it
  /// when its last attempt ended, any other delivery when it became due.
  private static final String ENTERED_AT =
      """
      coalesce(entered_at, case state when 1 then (
        select max(ended_at) from attempt
        where attempt.seq = live.seq and attempt.subscription = live.subscription) end) as entered_at
      """;

  static final String LIVE_OF_EVENT =
      """
      select due_at, seq, subscription, siblings, started, spent, worker, claimed_at, lease_until,
             failure_kind, failure_error, failure_message, lane, lane_position, priority,
      """
          + ENTERED_AT
          + """
          from live where state in (0, 1, 2) and seq = ? order by subscription limit 10000
          """;

  public static final String LEASED =
      """
      select due_at, seq, subscription, siblings, started, spent, worker, claimed_at, lease_until,
             failure_kind, failure_error, failure_message, entered_at, lane, lane_position, priority
      from live where state = 2 limit 1000000
      """;

  static final String FINISHED_OF_EVENT =
      """
      select status, seq, subscription, siblings, finished_at, started, spent, worker, claimed_at,
             failure_kind, failure_error, failure_message, subscription_version
      from finished where status in (1, 2, 3, 4) and seq = ? order by subscription limit 10000
      """;

  static final String ATTEMPTS =
      """
      select number, worker, started_at, ended_at, outcome,
             failure_kind, failure_error, failure_message, subscription_version
      from attempt where seq = ? and subscription = ? order by number desc limit ?
      """;

  static final String PRIORITIZED_ATTRIBUTES =
      "select attributes from event where seq = ? and attributes like '%priority_level=%'";

  /// Selects since when the oldest due delivery waits. Parameters: time; the same for deliveries
  /// with a priority, see [DueTime#prioritized].
  public static final String OLDEST_DUE =
      """
      with recursive names(name) as (
        select min(subscription) from live
        union all
        select (select min(subscription) from live where subscription > name)
        from names where name is not null
      )
      select min(oldest) from (
        select (select due_at from live
                where subscription = name and +state < 2 and due_at between 0 and ?
                order by due_at, seq limit 1) as oldest
        from names where name is not null
        union all
        select (select due_at & 4611686018427387903 from live
                where subscription = name and +state < 2 and due_at <= ?
                order by due_at, seq limit 1)
        from names where name is not null limit 1000000
      )
      """;

  static final String SEQS = "select seq from event where seq < ? order by seq desc limit ?";

  static final String SEQS_OF_TYPE =
      "select seq from event where type = ? and seq < ? order by seq desc limit ?";

  static final String SEQS_OF_KEY =
      "select seq from event where event_key = ? and seq < ? order by seq desc limit ?";

  static final String SEQS_OF_LIVE =
      "select distinct seq from live where state = ? and seq < ? order by seq desc limit ?";

  static final String SEQS_OF_FINISHED =
      """
      select distinct seq from finished where status = ? and seq < ? order by seq desc limit ?
      """;

  static final String SEQS_OF_ERROR =
      """
      select seq from finished where status = 2 and fingerprint = ? and seq < ?
      order by seq desc limit ?
      """;

  public static final String DELETE_EVENT = "delete from event where seq = ?";

  public static final String DELETE_FINISHED_OF_EVENT =
      "delete from finished where status in (0, 1, 2, 3, 4) and seq = ?";

  public static final String DELETE_ATTEMPTS_OF_EVENT = "delete from attempt where seq = ?";

  public static final String LAST_SEQ = "select coalesce(max(seq), 0) from event";

  public static final String SPANS = "select chunk, earliest, latest from span";

  public static final String DELETE_SPANS_BEFORE = "delete from span where chunk < ?";

  public static final String FIRST_SEQ = "select coalesce(min(seq), 0) from event";

  public static final String COUNT_FINISHED =
      "select status, count(*), coalesce(sum(siblings > 1), 0) from finished group by status";

  public static final String COUNT_LIVE =
      """
      select state, count(*), coalesce(sum(siblings > 1), 0) from live group by state
      """;

  public static final String ALL_EVENTS =
      """
      select seq, id, type, occurred_at, received_at, attributes, payload, checksum
      from event order by seq
      """;

  public static final String EVENTS_WITHOUT_DELIVERY =
      """
      select seq from event
      where not exists (select 1 from live
                      where live.state in (0, 1, 2) and live.seq = event.seq)
        and not exists (select 1 from finished
                        where finished.status in (0, 1, 2, 3, 4) and finished.seq = event.seq)
      limit ?
      """;

  public static final String DELIVERIES_WITHOUT_EVENT =
      """
      select seq from (select seq from live union select seq from finished)
      where seq not in (select seq from event) limit ?
      """;

  private static final String LIVE_COLUMNS =
      """
      due_at, seq, subscription, siblings, started, spent, worker, claimed_at, lease_until,
      failure_kind, failure_error, failure_message, entered_at, lane, lane_position, priority
      """;

  private static final String FINISHED_COLUMNS =
      """
      status, seq, subscription, siblings, finished_at, started, spent, worker, claimed_at,
      failure_kind, failure_error, failure_message, subscription_version
      """;

  private EventSql() {}

  /// Selects what filters need of many events; the length of a payload is known without reading it.
  static String heads(Dialect dialect) {
    return "select seq, type, occurred_at, event_key,"
        + " octet_length(payload) + coalesce(octet_length(attributes), 0) as bytes from event"
        + " where "
        + dialect.isOneOf("seq")
        + " order by seq desc";
  }

  /// Selects the events whose payload contains the text, which is the second parameter.
  static String seqsWithText(Dialect dialect) {
    return "select seq from event where "
        + dialect.isOneOf("seq")
        + " and "
        + dialect.holds("payload");
  }

  static String eventRows(Dialect dialect) {
    return "select seq, id, type, occurred_at, received_at, attributes, payload, checksum from"
        + " event where "
        + dialect.isOneOf("seq");
  }

  static String liveStates(Dialect dialect) {
    return "select seq, state from live where state in (0, 1, 2) and " + dialect.isOneOf("seq");
  }

  static String liveRows(Dialect dialect) {
    return "select "
        + LIVE_COLUMNS
        + " from live where state in (0, 1, 2) and "
        + dialect.isOneOf("seq");
  }

  static String finishedStatuses(Dialect dialect) {
    return "select seq, status from finished where status in (1, 2, 3, 4) and "
        + dialect.isOneOf("seq");
  }

  static String finishedRows(Dialect dialect) {
    return "select "
        + FINISHED_COLUMNS
        + " from finished where status in (1, 2, 3, 4) and "
        + dialect.isOneOf("seq");
  }
}

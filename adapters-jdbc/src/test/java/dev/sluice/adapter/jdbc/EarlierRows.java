package dev.sluice.adapter.jdbc;

import static java.util.stream.Collectors.joining;

import dev.sluice.domain.delivery.EventStatus;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Rows as the last version without stored subscriptions wrote them: 20,000 events in every state,
/// with pauses, a running bulk job, a key, and entries of the activity log and of the history. The
/// number of an event decides on its state.
final class EarlierRows {

  static final int EVENTS = 20_000;

  /// Events up to this one are finished.
  static final int FINISHED = 17_000;

  /// How many events share a row of the table `span`.
  private static final int PER_CHUNK = 4_096;

  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1_000_000_000L;
  private static final long HOUR = 3_600_000_000_000L;
  private static final long LEASE = 30_000_000_000L;

  /// What that version added to the due time of parked deliveries.
  private static final long PARKED = 1L << 62;

  private static final String EVENT =
      """
      insert into event (seq, id, type, occurred_at, received_at, event_key, attributes, payload,
                         checksum)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String FINISHED_ROW =
      """
      insert into finished (status, seq, subscription, siblings, finished_at, started, spent, worker,
                            claimed_at, failure_kind, failure_error, failure_message, fingerprint)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String ATTEMPT =
      """
      insert into attempt (seq, subscription, number, worker, started_at, ended_at, outcome,
                           failure_kind, failure_error, failure_message)
      values (?, ?, 1, 'w', ?, ?, ?, ?, 'IllegalStateException', 'receiver said no')
      """;

  private static final String LIVE =
      """
      insert into live (subscription, siblings, seq, due_at, state, started, spent, failure_kind,
                        failure_error, failure_message)
      values ('default', 1, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String WAITING =
      """
      insert into waiting (subscription, siblings, bytes, seq, due_at, state, started, spent,
                           failure_kind, failure_error, failure_message)
      values ('default', 1, 10, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String LEASED_LIVE =
      """
      insert into live (subscription, siblings, state, started, spent, worker, seq, due_at,
                        claimed_at, lease_until)
      values ('default', 1, 2, 1, 1, 'w', ?, ?, ?, ?)
      """;

  private static final String LEASED =
      """
      insert into leased (subscription, siblings, bytes, started, spent, worker, seq, due_at,
                          claimed_at, lease_until)
      values ('default', 1, 10, 1, 1, 'w', ?, ?, ?, ?)
      """;

  /// The filter of the bulk job.
  private static final String DEAD_LETTERS =
      """
      status=FAILED
      from=1970-01-01T00:00:00Z
      to=9999-12-31T00:00:00Z
      least=0
      most=2147483647
      text=""";

  private final Connection connection;
  private final boolean isSqlite;
  private final long at;

  /// @param at when everything happened
  EarlierRows(Connection connection, boolean isSqlite, Instant at) {
    this.connection = connection;
    this.isSqlite = isSqlite;
    this.at = EpochNanos.of(at);
  }

  static String payload(int number) {
    return "{\"n\":" + number + "}";
  }

  void write() throws SQLException {
    connection.setAutoCommit(false);
    writeEvents();
    writeFinished();
    writeAttempts();
    writeLive();
    writeCounts();
    execute(others(at));
    connection.commit();
  }

  private static String others(long at) {
    return """
    insert into pause values ('default', 'upgrade', 'ann', 1, null), ('', 'all', 'ann', 2, null);
    insert into access_key values ('k1', 'shop', 'producer', 'order.*', 0,
                                   '%3$s', 1, null, null, null);
    insert into activity values (1, 1, 'ann', 'k1', 'operator', '127.0.0.1', 'event.replay', 'e-1',
                                 '', '202', 'r-1', '', 'hash-1');
    update activity_chain set last_number = 1, last_hash = 'hash-1';
    insert into bulk_job values ('job', 'token', 'discard', '%1$s', 20001, 0, 85, %2$d, 'ann',
                                 'running', 20001, 0, 0, 0, 'ann', %2$d, null);
    """
        .formatted(DEAD_LETTERS, at + SECOND, "a".repeat(64));
  }

  private interface Binding {
    /// @return whether there is a row for this event
    boolean bind(PreparedStatement insert, int number, EarlierKind kind) throws SQLException;
  }

  private void writeRows(String sql, Binding binding) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int number = 1; number <= EVENTS; number++) {
        if (binding.bind(insert, number, EarlierKind.of(number))) {
          insert.addBatch();
        }
      }
      insert.executeBatch();
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int index = 0; index < values.length; index++) {
      statement.setObject(index + 1, values[index]);
    }
  }

  private void writeEvents() throws SQLException {
    writeRows(
        EVENT,
        (insert, number, _) -> {
          String key = number % 10 == 0 ? "customer-" + number % 100 : null;
          String attributes = key == null ? null : "key=" + key;
          long milliseconds = at / MILLISECOND;
          String payload = payload(number);
          long checksum = EventRows.checksum(payload);
          String type = number % 2 == 0 ? "order.paid" : "order.sent";
          bind(
              insert,
              number,
              "e-" + number,
              type,
              milliseconds,
              at,
              key,
              attributes,
              payload,
              checksum);
          return true;
        });
  }

  private void writeFinished() throws SQLException {
    writeRows(
        FINISHED_ROW,
        (insert, number, kind) -> {
          int status =
              switch (kind) {
                case UNROUTED -> StatusCode.UNROUTED;
                case FAILED -> StatusCode.FAILED;
                case CANCELLED -> StatusCode.CANCELLED;
                default -> StatusCode.COMPLETED;
              };
          boolean isAttempted = kind.attempts() > 0;
          boolean isDead = kind == EarlierKind.FAILED;
          bind(
              insert,
              status,
              number,
              kind == EarlierKind.UNROUTED ? "" : "default",
              kind == EarlierKind.UNROUTED ? 0 : 1,
              at,
              kind.attempts(),
              kind.attempts(),
              isAttempted ? "w" : null,
              isAttempted ? at : null,
              isDead ? "HANDLER" : null,
              isDead ? "IllegalStateException" : null,
              isDead ? "receiver said no" : null,
              null);
          return !kind.isLive();
        });
  }

  private void writeAttempts() throws SQLException {
    writeRows(
        ATTEMPT,
        (insert, number, kind) -> {
          String failure = kind == EarlierKind.ABANDONED ? "ABANDONED" : "HANDLER";
          bind(insert, number, "default", at, at, "failed", failure);
          return kind == EarlierKind.COMPLETED_AT_SECOND || kind.isRetrying();
        });
  }

  private void writeLive() throws SQLException {
    writeRows(
        isSqlite ? LIVE : WAITING,
        (insert, number, kind) -> {
          boolean isParked = kind == EarlierKind.PARKED || kind == EarlierKind.PARKED_RETRYING;
          boolean isLater = kind == EarlierKind.RETRYING || kind == EarlierKind.PARKED_RETRYING;
          String failure = kind == EarlierKind.ABANDONED ? "ABANDONED" : "HANDLER";
          bind(
              insert,
              number,
              at + (isLater ? HOUR : 0) + (isParked ? PARKED : 0),
              kind.isRetrying() ? 1 : 0,
              kind.isRetrying() ? 1 : 0,
              kind.isRetrying() && kind != EarlierKind.ABANDONED ? 1 : 0,
              kind.isRetrying() ? failure : null,
              kind.isRetrying() ? "IllegalStateException" : null,
              kind.isRetrying() ? "receiver said no" : null);
          return kind.isLive() && kind != EarlierKind.LEASED;
        });
    writeRows(
        isSqlite ? LEASED_LIVE : LEASED,
        (insert, number, kind) -> {
          bind(insert, number, at, at, at + LEASE);
          return kind == EarlierKind.LEASED;
        });
  }

  /// Events and deliveries have the same counts: no event has several deliveries.
  private void writeCounts() throws SQLException {
    String counts =
        Stream.of(
                EventStatus.RECEIVED,
                EventStatus.RETRYING,
                EventStatus.PROCESSING,
                EventStatus.COMPLETED,
                EventStatus.FAILED,
                EventStatus.CANCELLED)
            .map(status -> String.valueOf(EarlierKind.count(status)))
            .collect(joining(", "));
    String all = EarlierKind.count(EventStatus.UNROUTED) + ", " + counts + ", " + counts;
    if (isSqlite) {
      execute("insert into totals values (1, " + EVENTS + ", " + all + ")");
      for (int chunk = 0; chunk <= EVENTS / PER_CHUNK; chunk++) {
        execute("insert into span values (%1$d, %2$d, %2$d)".formatted(chunk, at / MILLISECOND));
      }
    } else {
      execute("delete from tally where slot = 0");
      execute("insert into tally values (0, " + all + ")");
      execute("select setval('event_seq', " + EVENTS + ")");
    }
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      for (String one : sql.strip().split(";\n", -1)) {
        statement.execute(one);
      }
    }
  }
}

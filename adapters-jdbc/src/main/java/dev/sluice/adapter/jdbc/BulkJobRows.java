package dev.sluice.adapter.jdbc;

import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.BulkJob;
import dev.sluice.domain.port.BulkJobs;
import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.text.BackfillCodec;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Writes bulk jobs to rows and reads them back, over one connection. A job that cannot be read is
/// skipped, so that it does not block the others.
public final class BulkJobRows {

  private static final System.Logger LOG = System.getLogger(BulkJobRows.class.getName());

  /// Ids of the unreadable jobs that were logged.
  private static final Set<String> LOGGED = ConcurrentHashMap.newKeySet();

  private final Statements statements;

  public BulkJobRows(Statements statements) {
    this.statements = statements;
  }

  public int insert(BulkPlan plan) throws SQLException {
    PreparedStatement forget = statements.of(BulkJobSql.FORGET_OLDEST);
    forget.setInt(1, BulkJobs.MAX_KEPT - 1);
    forget.executeUpdate();
    PreparedStatement insert = statements.of(BulkJobSql.INSERT);
    insert.setString(1, plan.id());
    insert.setString(2, plan.token());
    insert.setString(3, plan.action().storedName());
    insert.setString(4, BackfillCodec.encode(plan));
    insert.setLong(5, plan.from().position());
    insert.setLong(6, plan.to().position());
    insert.setLong(7, plan.qualifying());
    insert.setLong(8, EpochNanos.of(plan.plannedAt()));
    insert.setString(9, plan.plannedBy());
    insert.setLong(10, plan.from().position());
    return insert.executeUpdate();
  }

  public Optional<BulkJob> find(String sql, String key) throws SQLException {
    PreparedStatement select = statements.of(sql);
    select.setString(1, key);
    return read(select).stream().findFirst();
  }

  public List<BulkJob> started(int limit) throws SQLException {
    PreparedStatement select = statements.of(BulkJobSql.STARTED);
    select.setInt(1, limit);
    return read(select);
  }

  public List<BulkJob> running() throws SQLException {
    return read(statements.of(BulkJobSql.RUNNING));
  }

  public boolean start(String id, String by, double ratePerSecond, Instant now)
      throws SQLException {
    PreparedStatement start = statements.of(BulkJobSql.START);
    start.setString(1, by);
    start.setDouble(2, ratePerSecond);
    start.setLong(3, EpochNanos.of(now));
    start.setString(4, id);
    return start.executeUpdate() == 1;
  }

  public boolean stop(String id, Instant now) throws SQLException {
    PreparedStatement stop = statements.of(BulkJobSql.STOP);
    stop.setLong(1, EpochNanos.of(now));
    stop.setString(2, id);
    return stop.executeUpdate() == 1;
  }

  /// Stores the progress of the job.
  public void advance(BulkJob job) throws SQLException {
    PreparedStatement advance = statements.of(BulkJobSql.ADVANCE);
    advance.setString(1, job.state().wireName());
    advance.setLong(2, job.position().position());
    advance.setLong(3, job.done());
    advance.setLong(4, job.skipped());
    advance.setObject(5, job.endedAt().map(EpochNanos::of).orElse(null));
    advance.setString(6, job.plan().id());
    advance.executeUpdate();
  }

  public int purge(Instant plannedBefore, Instant endedBefore) throws SQLException {
    PreparedStatement purge = statements.of(BulkJobSql.PURGE);
    purge.setLong(1, EpochNanos.of(plannedBefore));
    purge.setLong(2, EpochNanos.of(endedBefore));
    return purge.executeUpdate();
  }

  private static List<BulkJob> read(PreparedStatement select) throws SQLException {
    var jobs = new ArrayList<BulkJob>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        String id = row.getString("id");
        try {
          jobs.add(job(row));
        } catch (RuntimeException e) {
          logOnce(id, e);
        }
      }
    }
    return jobs;
  }

  /// Logs each job once only, because jobs are read every second.
  private static void logOnce(String id, RuntimeException cause) {
    if (LOGGED.size() < BulkJobs.MAX_KEPT && LOGGED.add(id)) {
      LOG.log(
          Level.WARNING,
          "bulk job " + id + " is skipped: it cannot be read; a newer version may have written it",
          cause);
    }
  }

  private static BulkJob job(ResultSet row) throws SQLException {
    return new BulkJob(
        plan(row),
        BulkJob.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        new Cursor(row.getLong("position")),
        row.getLong("done"),
        row.getLong("skipped"),
        row.getDouble("rate"),
        row.getString("started_by"),
        time(row, "started_at"),
        time(row, "ended_at"));
  }

  private static BulkPlan plan(ResultSet row) throws SQLException {
    return new BulkPlan(
        row.getString("id"),
        row.getString("token"),
        BulkAction.fromStoredName(row.getString("action")).orElseThrow(),
        BackfillCodec.filter(row.getString("filter")),
        BackfillCodec.backfill(row.getString("filter")),
        new Cursor(row.getLong("from_seq")),
        new Cursor(row.getLong("to_seq")),
        row.getLong("qualifying"),
        EpochNanos.toInstant(row.getLong("planned_at")),
        row.getString("planned_by"));
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    long time = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(EpochNanos.toInstant(time));
  }
}

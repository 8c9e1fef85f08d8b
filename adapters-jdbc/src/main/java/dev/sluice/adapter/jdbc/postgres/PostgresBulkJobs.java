package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.BulkJobRows;
import dev.sluice.adapter.jdbc.BulkJobSql;
import dev.sluice.adapter.jdbc.Counts;
import dev.sluice.adapter.jdbc.Listing;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.BackfillChoice;
import dev.sluice.domain.port.BulkJob;
import dev.sluice.domain.port.BulkJobs;
import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.BulkStep;
import dev.sluice.domain.port.BulkStep.ChangedEvent;
import dev.sluice.domain.port.Page;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Bulk jobs in PostgreSQL, run by whichever node comes first: the row of a job is locked during a
/// step, and a node that finds it locked skips it.
final class PostgresBulkJobs implements BulkJobs {

  private static final String LOCKED = BulkJobSql.BY_ID + " for update skip locked";

  private final ConnectionPool work;
  private final ConnectionPool requests;
  private final BacklogCounts backlog;
  private final DatabaseClock clock;
  private final WorkNews news;
  private final LaneWrites lanes;

  PostgresBulkJobs(
      ConnectionPool work,
      ConnectionPool requests,
      BacklogCounts backlog,
      DatabaseClock clock,
      WorkNews news,
      LaneWrites lanes) {
    this.work = work;
    this.requests = requests;
    this.backlog = backlog;
    this.clock = clock;
    this.news = news;
    this.lanes = lanes;
  }

  @Override
  public Instant now() {
    return requests.one(clock::now);
  }

  @Override
  public void plan(BulkPlan plan) {
    requests.all(statements -> new BulkJobRows(statements).insert(plan));
  }

  @Override
  public Optional<BulkJob> find(String id) {
    return find(BulkJobSql.BY_ID, id);
  }

  @Override
  public Optional<BulkJob> findByToken(String token) {
    return find(BulkJobSql.BY_TOKEN, token);
  }

  private Optional<BulkJob> find(String sql, String key) {
    return requests.one(statements -> new BulkJobRows(statements).find(sql, key));
  }

  @Override
  public List<BulkJob> started(int limit) {
    return requests.one(statements -> new BulkJobRows(statements).started(limit));
  }

  @Override
  public List<BulkJob> running() {
    return work.one(statements -> new BulkJobRows(statements).running());
  }

  @Override
  public boolean start(String id, String by, double ratePerSecond) {
    return requests.all(
        statements ->
            new BulkJobRows(statements).start(id, by, ratePerSecond, clock.now(statements)));
  }

  @Override
  public boolean stop(String id) {
    return requests.all(statements -> new BulkJobRows(statements).stop(id, clock.now(statements)));
  }

  @Override
  public Optional<BulkStep> step(String id, int max) {
    // Read before the transaction, which has a connection of its own.
    Counts counts = backlog.counts();
    Optional<BulkStep> step =
        work.all(
            statements -> {
              Optional<BulkJob> job =
                  new BulkJobRows(statements)
                      .find(LOCKED, id)
                      .filter(found -> found.state() == BulkJob.State.RUNNING);
              return job.isEmpty()
                  ? Optional.empty()
                  : Optional.of(step(statements, job.get(), max, counts));
            });
    if (step.isPresent() && !step.get().changed().isEmpty()) {
      news.workArrived();
      lanes.advanceAfterStep(step.get().changed());
    }
    return step;
  }

  /// Returns when the first of the new deliveries is due, about: the clock of the database may
  /// differ.
  private Instant firstDue(BackfillChoice choice) {
    Instant first =
        choice.events().stream().map(Event::deliverAt).min(Instant::compareTo).orElse(Instant.MIN);
    return first.isAfter(clock.local()) ? first : Instant.MIN;
  }

  @Override
  public Optional<BulkStep> backfill(BulkJob seen, BackfillChoice choice) {
    Optional<BulkStep> step =
        work.all(
            statements -> {
              Optional<BulkJob> now = new BulkJobRows(statements).find(LOCKED, seen.plan().id());
              return seen.state() == BulkJob.State.RUNNING && now.equals(Optional.of(seen))
                  ? Optional.of(new BackfillWrites(statements, clock).step(seen, choice))
                  : Optional.empty();
            });
    if (step.isPresent() && !step.get().changed().isEmpty()) {
      news.workArrived(
          Map.of(seen.plan().backfill().orElseThrow().subscription(), firstDue(choice)));
      lanes.advanceAfterStep(step.get().changed());
    }
    return step;
  }

  private BulkStep step(Statements statements, BulkJob job, int max, Counts counts)
      throws SQLException {
    Page<Long> page =
        new Listing(job.plan().filter(), TimeRanges.INSTANCE, counts)
            .page(statements, job.position(), max, Long.MAX_VALUE);
    List<Long> seqs = page.items().stream().filter(job.plan()::covers).toList();
    Map<Long, ChangedEvent> byNumber =
        new OperatorActions(statements, clock).apply(job.plan(), seqs);
    List<ChangedEvent> changed = seqs.stream().map(byNumber::get).filter(Objects::nonNull).toList();
    int left = seqs.size() - changed.size();
    Instant now = clock.now(statements);
    BulkJob after = job.advanced(changed.size(), left, page.next(), now);
    new BulkJobRows(statements).advance(after);
    return new BulkStep(after, changed);
  }

  @Override
  public void purge(Instant plannedBefore, Instant endedBefore) {
    work.one(statements -> new BulkJobRows(statements).purge(plannedBefore, endedBefore));
  }
}

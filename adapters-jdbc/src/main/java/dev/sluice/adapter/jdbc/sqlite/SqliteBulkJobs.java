package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.BulkJobRows;
import dev.sluice.adapter.jdbc.BulkJobSql;
import dev.sluice.adapter.jdbc.EventReads;
import dev.sluice.adapter.jdbc.FinishedRow;
import dev.sluice.adapter.jdbc.Listing;
import dev.sluice.adapter.jdbc.LiveRow;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.BackfillChoice;
import dev.sluice.domain.port.BulkJob;
import dev.sluice.domain.port.BulkJobs;
import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.BulkStep;
import dev.sluice.domain.port.BulkStep.ChangedEvent;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Bulk jobs in SQLite. The events of a step are searched on a reader's connection, because that
/// may take long and all writes wait for the writer; changing them and storing the progress of the
/// job is one write operation.
final class SqliteBulkJobs implements BulkJobs {

  private final SqliteDatabase database;
  private final Statements writing;
  private final DeliveryWrites deliveries;
  private final BackfillWrites backfills;
  private final TimeRanges timeRanges;

  SqliteBulkJobs(
      SqliteDatabase database,
      Statements writing,
      DeliveryWrites deliveries,
      BackfillWrites backfills,
      TimeRanges timeRanges) {
    this.database = database;
    this.writing = writing;
    this.deliveries = deliveries;
    this.backfills = backfills;
    this.timeRanges = timeRanges;
  }

  @Override
  public Instant now() {
    return database.now();
  }

  @Override
  public void plan(BulkPlan plan) {
    database.write(() -> rows().insert(plan));
  }

  @Override
  public Optional<BulkJob> find(String id) {
    return database.read(statements -> new BulkJobRows(statements).find(BulkJobSql.BY_ID, id));
  }

  @Override
  public Optional<BulkJob> findByToken(String token) {
    return database.read(
        statements -> new BulkJobRows(statements).find(BulkJobSql.BY_TOKEN, token));
  }

  @Override
  public List<BulkJob> started(int limit) {
    return database.read(statements -> new BulkJobRows(statements).started(limit));
  }

  @Override
  public List<BulkJob> running() {
    return database.readQuickly(statements -> new BulkJobRows(statements).running());
  }

  @Override
  public boolean start(String id, String by, double ratePerSecond) {
    return database.write(() -> rows().start(id, by, ratePerSecond, database.now()));
  }

  @Override
  public boolean stop(String id) {
    return database.write(() -> rows().stop(id, database.now()));
  }

  @Override
  public Optional<BulkStep> step(String id, int max) {
    Optional<BulkJob> job = find(id).filter(SqliteBulkJobs::isRunning);
    if (job.isEmpty()) {
      return Optional.empty();
    }
    Page<Long> page = next(job.get(), max);
    return database.write(() -> apply(job.get(), page));
  }

  private static boolean isRunning(BulkJob job) {
    return job.state() == BulkJob.State.RUNNING;
  }

  private Page<Long> next(BulkJob job, int max) {
    var listing = new Listing(job.plan().filter(), timeRanges, database.counts());
    return database.read(
        statements -> listing.page(statements, job.position(), max, Long.MAX_VALUE));
  }

  /// @param seen the job as it was at the search
  private Optional<BulkStep> apply(BulkJob seen, Page<Long> page) throws SQLException {
    Optional<BulkJob> now = rows().find(BulkJobSql.BY_ID, seen.plan().id());
    // It may have been stopped, or the same step done, meanwhile.
    if (!now.equals(Optional.of(seen))) {
      return Optional.empty();
    }
    var reads = new EventReads(writing);
    var changed = new ArrayList<ChangedEvent>();
    List<Long> seqs = page.items().stream().filter(seen.plan()::covers).toList();
    for (long seq : seqs) {
      List<SubscriptionName> subscriptions = apply(seen.plan(), reads, seq);
      if (!subscriptions.isEmpty()) {
        EventReads.Head event = reads.head(seq);
        changed.add(new ChangedEvent(event.id(), event.type(), event.key(), subscriptions));
      }
    }
    int left = seqs.size() - changed.size();
    BulkJob after = seen.advanced(changed.size(), left, page.next(), database.now());
    rows().advance(after);
    return Optional.of(new BulkStep(after, changed));
  }

  /// @return the subscriptions of the changed deliveries
  private List<SubscriptionName> apply(BulkPlan plan, EventReads reads, long seq)
      throws SQLException {
    var changed = new ArrayList<SubscriptionName>();
    for (FinishedRow row : reads.finished(seq)) {
      if (plan.appliesTo(row.snapshot())) {
        apply(plan, row);
        changed.add(row.subscription());
      }
    }
    for (LiveRow row : reads.live(seq)) {
      if (row.lease() == null && plan.appliesTo(row.snapshot())) {
        deliveries.cancel(row, database.now());
        changed.add(row.subscription());
      }
    }
    return changed;
  }

  private void apply(BulkPlan plan, FinishedRow row) throws SQLException {
    switch (plan.action()) {
      case REPLAY, REPLAY_AT_HEAD -> deliveries.replay(row, plan.action().place(), database.now());
      case DISCARD -> deliveries.discard(row, database.now());
      case BACKFILL -> throw new IllegalStateException("a back-fill changes no delivery");
      case CANCEL -> throw new IllegalStateException("cannot cancel a finished delivery: " + row);
    }
  }

  @Override
  public Optional<BulkStep> backfill(BulkJob seen, BackfillChoice choice) {
    return database.write(
        () ->
            isRunning(seen)
                    && rows().find(BulkJobSql.BY_ID, seen.plan().id()).equals(Optional.of(seen))
                ? Optional.of(add(seen, choice))
                : Optional.empty());
  }

  private BulkStep add(BulkJob job, BackfillChoice choice) throws SQLException {
    SubscriptionName subscription = job.plan().backfill().orElseThrow().subscription();
    var reads = new EventReads(writing);
    var changed = new ArrayList<ChangedEvent>();
    Cursor last = job.position();
    for (Event event : choice.events()) {
      Optional<Long> seq = reads.seqOf(event.id());
      if (seq.isPresent()) {
        last = new Cursor(seq.get());
        if (backfills.add(seq.get(), event, subscription, database.now())) {
          changed.add(ChangedEvent.of(event, subscription));
        }
      }
    }
    int left = choice.events().size() - changed.size();
    BulkJob after = job.advanced(changed.size(), left, choice.next().orElse(last), database.now());
    rows().advance(after);
    return new BulkStep(after, changed);
  }

  @Override
  public void purge(Instant plannedBefore, Instant endedBefore) {
    database.write(() -> rows().purge(plannedBefore, endedBefore));
  }

  private BulkJobRows rows() {
    return new BulkJobRows(writing);
  }
}

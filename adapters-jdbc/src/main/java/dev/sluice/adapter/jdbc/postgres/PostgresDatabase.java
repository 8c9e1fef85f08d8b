package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.DeadLetterReads;
import dev.sluice.adapter.jdbc.FullDiskNotice;
import dev.sluice.domain.port.Storage;
import dev.sluice.domain.time.TimeSource;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/// An open PostgreSQL database with its connection pools, and news of other nodes.
final class PostgresDatabase implements AutoCloseable {

  private final ConnectionPool work;
  private final ConnectionPool requests;
  private final DatabaseClock clock;
  private final WorkTurns turns;
  private final WorkNews news;
  private final AppendGroupCommit appends;
  private final LaneWrites lanes;
  private final Claims claims;
  private final WaitingReads waiting;
  private final HeldDeliveries heldDeliveries;
  private final BacklogCounts backlog;
  private final BacklogCounts listBacklog;
  private final Purges purges;
  private final PostgresNodeRegistry nodes;
  private final FullDiskNotice fullDisk;

  /// Opens a database whose tables are up to date.
  ///
  /// @param threads makes the threads that append events and listen for news
  PostgresDatabase(
      PostgresSettings settings,
      Connections connections,
      DatabaseClock clock,
      ThreadFactory threads) {
    int half = Math.max(2, settings.connections() / 2);
    this.clock = clock;
    this.work = new ConnectionPool(connections, "work", half, threads);
    this.requests =
        new ConnectionPool(
            connections, "requests", Math.max(1, settings.connections() - half), threads);
    this.turns = new WorkTurns(clock);
    this.news = new WorkNews(connections, work, turns);
    this.lanes = new LaneWrites(work, clock, news);
    this.appends = new AppendGroupCommit(new Appends(work, clock, news, lanes), threads);
    this.heldDeliveries = new HeldDeliveries(clock);
    this.claims = new Claims(clock, turns, heldDeliveries, settings.order());
    this.waiting = new WaitingReads(clock, settings.order());
    this.backlog = new BacklogCounts(work, clock);
    this.listBacklog = new BacklogCounts(requests, clock);
    this.purges = new Purges(work, clock);
    this.fullDisk = new FullDiskNotice(TimeSource.of(clock::local, System::nanoTime));
    this.nodes = new PostgresNodeRegistry(work, clock);
    if (settings.isNotifying()) {
      news.start(threads);
    }
  }

  Storage storage() {
    var parked = new ParkedDeliveries(work, turns);
    return new Storage(
        new PostgresEventStore(requests, appends, backlog, listBacklog, purges, fullDisk),
        new PostgresDeliveryQueue(
            work,
            requests,
            new PostgresDeliveryQueue.Parts(claims, heldDeliveries, waiting, parked, lanes),
            news,
            turns,
            clock),
        new PostgresDeliveryControl(requests, clock, news, lanes),
        (trend, limit) ->
            requests.one(statements -> DeadLetterReads.groups(statements, trend, limit)),
        new PostgresBulkJobs(work, requests, backlog, clock, news, lanes),
        Optional.of(new PostgresLanes(work, requests, lanes, clock, news)));
  }

  /// Returns connections for the node's own work, which requests must not exhaust.
  ConnectionPool work() {
    return work;
  }

  /// Returns connections for requests.
  ConnectionPool requests() {
    return requests;
  }

  PostgresNodeRegistry nodes() {
    return nodes;
  }

  PostgresChangeFeed changes() {
    return new PostgresChangeFeed(work, clock);
  }

  PostgresRateTokens rateTokens() {
    return new PostgresRateTokens(work, clock);
  }

  /// Stores queued events and closes the connections.
  @Override
  public void close() {
    appends.close();
    news.close();
    work.close();
    requests.close();
  }
}

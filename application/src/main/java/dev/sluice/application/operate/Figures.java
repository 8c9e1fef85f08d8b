package dev.sluice.application.operate;

import dev.sluice.domain.figures.CountsBySubscription;
import dev.sluice.domain.figures.DiskReport;
import dev.sluice.domain.figures.DueCounts;
import dev.sluice.domain.figures.NodeFigures;
import dev.sluice.domain.figures.QueueReport;
import dev.sluice.domain.figures.Rates;
import dev.sluice.domain.figures.StatusCounts;
import dev.sluice.domain.node.NodeReport;
import dev.sluice.domain.port.EventStore;
import dev.sluice.domain.port.NodeRegistry;
import dev.sluice.domain.port.SeriesStore;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.time.TimeSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Counts, rates and history. The node keeps counts and rates and refreshes them in the background,
/// so that reading them costs the storage nothing.
public final class Figures {

  private final EventStore events;
  private final CachedCounts counts;
  private final RecentCounts recentCounts;
  private final RecentDueCounts dueCounts;
  private final SubscriptionRates subscriptionRates;
  private final ClusterView board;
  private final SeriesRecorder recorder;
  private final SeriesReader reader;
  private final Supplier<Optional<QueueReport>> queues;

  /// What figures are computed from, and where their history is kept.
  ///
  /// @param events counts events and deliveries
  /// @param nodes holds the reports of other nodes
  /// @param series stores the history
  /// @param queues reports the broker's queues, if the storage has a broker
  public record Dependencies(
      EventStore events,
      NodeRegistry nodes,
      SeriesStore series,
      Supplier<Optional<QueueReport>> queues) {}

  /// @param self makes this node's current report
  public Figures(
      Dependencies sources, Statistics statistics, Supplier<NodeReport> self, TimeSource clock) {
    this.events = sources.events();
    this.counts = new CachedCounts(events, clock);
    this.recentCounts = new RecentCounts(events, clock);
    this.dueCounts = new RecentDueCounts(events, clock);
    this.board = new ClusterView(sources.nodes(), self, clock);
    this.subscriptionRates = new SubscriptionRates(this::liveReports, clock);
    this.recorder =
        new SeriesRecorder(sources.series(), self.get().id(), statistics, counts, clock);
    this.reader = new SeriesReader(sources.series(), clock);
    this.queues = sources.queues();
  }

  /// The figures of all live nodes together.
  ///
  /// They cover this node and each other node that reported within 15 s and has not left. A node
  /// that leaves takes its totals with it. The share of other nodes is at most about four seconds
  /// old: they report every two seconds, and their reports are read as often.
  ///
  /// @param counts events and deliveries in the storage, by status
  /// @param asOf when the storage was queried: a second ago, or longer if it does not answer
  /// @param nodes number of nodes that the other figures cover
  /// @param inFlight deliveries in progress
  /// @param slots maximum number of deliveries in progress
  /// @param figures totals, rates and latencies
  public record Overview(
      StatusCounts counts, Instant asOf, int nodes, int inFlight, int slots, NodeFigures figures) {

    /// Deliveries finished per second, over the shortest period of the rates.
    public double drainPerSecond() {
      return figures.rates().stream()
          .findFirst()
          .map(rates -> rates.completed() + rates.failed())
          .orElse(0.0);
    }

    /// Deliveries that could start now.
    public int freeSlots() {
      return Math.max(0, slots - inFlight);
    }
  }

  /// The figures of all live nodes together.
  public Overview overview() {
    CachedCounts.Reading reading = counts.latest();
    List<NodeReport> live = liveReports();
    return new Overview(
        reading.counts(),
        reading.asOf(),
        live.size(),
        live.stream().mapToInt(NodeReport::inFlight).sum(),
        live.stream().mapToInt(NodeReport::slots).sum(),
        live.stream()
            .flatMap(report -> report.figures().stream())
            .reduce(NodeFigures::plus)
            .orElseThrow());
  }

  private List<NodeReport> liveReports() {
    return board.nodes().stream()
        .filter(NodeView::isLive)
        .map(NodeView::report)
        .filter(report -> report.figures().isPresent())
        .toList();
  }

  /// The broker's queues as of a second ago, or longer while it does not answer; empty without a
  /// broker.
  public Optional<QueueReport> queues() {
    return queues.get();
  }

  /// The disk of the storage; empty where the storage has none of its own.
  public Optional<DiskReport> disk() {
    return events.disk();
  }

  /// Counts in the storage as of a second ago, or longer if it does not answer.
  public StatusCounts counts() {
    return counts.latest().counts();
  }

  /// Counts of each subscription.
  ///
  /// @param asOf when the storage was queried
  public record SubscriptionLoad(CountsBySubscription counts, Instant asOf) {}

  /// Counts of each subscription as of two seconds ago, or longer if counting takes long; empty
  /// while the storage does not answer.
  public Optional<SubscriptionLoad> countsBySubscription() {
    return recentCounts.get();
  }

  /// Returns how many deliveries become due in each minute of the next hour, as of five seconds
  /// ago, or longer if counting takes long.
  ///
  /// @throws dev.sluice.domain.port.StoreUnavailableException when the storage does not answer
  public DueCounts dueSoon() {
    return dueCounts.get();
  }

  /// Returns the rates of a subscription over the last minute, on all live nodes together. They are
  /// unknown, and empty, in the first seconds, and for subscriptions that nodes count together
  /// because too many are busy.
  public Optional<Rates> ratesOf(SubscriptionName subscription) {
    return subscriptionRates.of(subscription.value());
  }

  /// All nodes that reported within a day, including this one, sorted by name.
  public List<NodeView> nodes() {
    return board.nodes();
  }

  /// When the reports of other nodes were last read.
  public Instant nodesAsOf() {
    return board.asOf();
  }

  /// The history as of a second ago.
  ///
  /// @param scope what the series is about
  /// @throws dev.sluice.domain.port.StoreUnavailableException when the storage does not answer
  public Series series(SeriesRange range, SeriesScope scope) {
    return reader.read(range, scope);
  }

  /// Queries the storage for counts. Called about once a second.
  public StatusCounts refreshCounts() {
    return counts.refresh();
  }

  /// Samples the counters. Called every 50 ms; never waits for the storage.
  public void tick() {
    recorder.tick();
    subscriptionRates.sampleWhenDue();
  }

  /// Reads the reports of other nodes when due. Called every 50 ms, by one thread at a time.
  public void readNodes() {
    board.readWhenDue();
  }

  /// Writes history and deletes old history when due. Called every 50 ms, by one thread at a time.
  public void writeHistory() {
    recorder.writeWhenDue();
  }

  /// Writes the rest of the history, because the node stops.
  public void finishHistory() {
    recorder.finish();
  }
}

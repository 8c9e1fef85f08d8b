package dev.sluice.application.operate;

import dev.sluice.domain.figures.DiskReport;
import dev.sluice.domain.figures.NodeFigures;
import dev.sluice.domain.figures.QueueReport;
import dev.sluice.domain.node.NodeReport;
import dev.sluice.domain.port.EventStore;
import dev.sluice.domain.port.NodeRegistry;
import dev.sluice.domain.port.SeriesStore;
import dev.sluice.domain.port.StatusCounts;
import dev.sluice.domain.time.TimeSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// How much there is, how fast it moves and how it was: kept by the node and refreshed in the
/// background, so that looking at it costs the storage nothing.
public final class Figures {

  private final EventStore events;
  private final CachedCounts counts;
  private final ClusterView board;
  private final SeriesRecorder recorder;
  private final SeriesReader reader;
  private final Supplier<Optional<QueueReport>> queues;

  /// What figures are made of and where they are kept.
  ///
  /// @param events tells how much there is
  /// @param nodes tells what other nodes do
  /// @param series keeps the history
  /// @param queues tells how full the broker's queues are, where the storage has one
  public record Dependencies(
      EventStore events,
      NodeRegistry nodes,
      SeriesStore series,
      Supplier<Optional<QueueReport>> queues) {}

  /// @param self what this node has to say of itself now
  public Figures(
      Dependencies sources, Statistics statistics, Supplier<NodeReport> self, TimeSource clock) {
    this.events = sources.events();
    this.counts = new CachedCounts(events, clock);
    this.board = new ClusterView(sources.nodes(), self, clock);
    this.recorder =
        new SeriesRecorder(sources.series(), self.get().id(), statistics, counts, clock);
    this.reader = new SeriesReader(sources.series(), clock);
    this.queues = sources.queues();
  }

  /// How all nodes together are and were.
  ///
  /// What adds up are the nodes that are there: this one, and each other that reported within 15 s
  /// and has not said goodbye. A node that leaves takes its totals with it. The others' share is
  /// about four seconds old at most: they report every two seconds, and are read as often.
  ///
  /// @param counts how much there is in the storage
  /// @param asOf when the storage said so; a second ago, or longer if it does not answer
  /// @param nodes how many nodes the rest is the sum of
  /// @param inFlight deliveries in work
  /// @param slots how many may be in work at once
  /// @param figures what was done, and how fast
  public record Overview(
      StatusCounts counts, Instant asOf, int nodes, int inFlight, int slots, NodeFigures figures) {

    /// Deliveries that came to an end per second, over the shortest time that rates are known for.
    public double drainPerSecond() {
      return figures.rates().stream()
          .findFirst()
          .map(rates -> rates.completed() + rates.failed())
          .orElse(0.0);
    }

    /// Deliveries that could begin now.
    public int freeSlots() {
      return Math.max(0, slots - inFlight);
    }
  }

  /// What there is to say of all nodes together.
  public Overview overview() {
    CachedCounts.Reading reading = counts.latest();
    List<NodeReport> live =
        board.nodes().stream()
            .filter(NodeView::isLive)
            .map(NodeView::report)
            .filter(report -> report.figures().isPresent())
            .toList();
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

  /// How full the broker's queues were a second ago, or longer while it does not answer; nothing
  /// where there is no broker.
  public Optional<QueueReport> queues() {
    return queues.get();
  }

  /// How the storage stands with its disk; nothing where it has none of its own.
  public Optional<DiskReport> disk() {
    return events.disk();
  }

  /// How much there was in the storage a second ago, or longer if it does not answer.
  public StatusCounts counts() {
    return counts.latest().counts();
  }

  /// All nodes that were heard of within a day, in the order of their names; this one is among
  /// them.
  public List<NodeView> nodes() {
    return board.nodes();
  }

  /// When it was last asked what other nodes do.
  public Instant nodesAsOf() {
    return board.asOf();
  }

  /// How it was, as of a second ago.
  ///
  /// @param type only what concerns events of this type: rates and nothing else
  /// @throws dev.sluice.domain.port.StoreUnavailableException when the storage does not answer
  public Series series(SeriesRange range, Optional<String> type) {
    return reader.read(range, type);
  }

  /// Asks the storage how much there is. Called about once a second.
  public StatusCounts refreshCounts() {
    return counts.refresh();
  }

  /// Looks at the counters. Called every 50 ms; never waits for the storage.
  public void tick() {
    recorder.tick();
  }

  /// Reads what other nodes said. Called every 50 ms, by one thread at a time.
  public void readNodes() {
    board.readWhenDue();
  }

  /// Writes history and forgets what is old of it. Called every 50 ms, by one thread
  /// at a time.
  public void writeHistory() {
    recorder.writeWhenDue();
  }

  /// Writes the last of it, because the node stops.
  public void finishHistory() {
    recorder.finish();
  }
}

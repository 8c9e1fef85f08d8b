package dev.sluice.adapter.http.route;

import dev.sluice.adapter.http.HttpSettings;
import dev.sluice.adapter.http.Meters;
import dev.sluice.application.Application;
import dev.sluice.application.UseCases;
import dev.sluice.application.work.ReceiverView;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.figures.DiskReport;
import dev.sluice.domain.figures.QueueReport;
import dev.sluice.domain.figures.StatusCounts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/// The gauges in `/metrics`, from values that the node caches: a scrape costs the storage nothing.
/// All gauges of a scrape are of the same moment.
public final class HttpGauges {

  private static final List<DeliveryStatus> UNFINISHED =
      List.of(DeliveryStatus.RECEIVED, DeliveryStatus.PROCESSING, DeliveryStatus.RETRYING);

  private final Application application;
  private final InstantSource clock;
  private volatile StatusCounts counts;

  /// The broker's queues; empty without a broker, or until it first answers.
  private volatile Optional<QueueReport> queues;

  private volatile Map<ReceiverView.State, Long> receivers = Map.of();

  public HttpGauges(Application application, InstantSource clock) {
    this.application = application;
    this.clock = clock;
    this.counts = application.useCases().figures().counts();
    this.queues = application.useCases().figures().queues();
  }

  public void register(
      Meters meters,
      HttpSettings.About about,
      HttpSettings.RequestLog log,
      IntSupplier connections) {
    registerCounts(meters);
    registerReceivers(meters);
    meters.gauge(
        "sluice.blocked.lanes",
        "Lanes of ordered subscriptions that wait for an operator",
        Map.of(),
        () ->
            application.useCases().lanes().recentlyBlocked().values().stream()
                .mapToLong(Long::longValue)
                .sum());
    registerTicks(meters);
    registerDisk(meters);
    queues.ifPresent(report -> registerQueues(meters, report));
    meters.gauge(
        "sluice.in.flight",
        "Deliveries in progress on this node",
        Map.of(),
        () -> application.load().inFlight());
    meters.gauge(
        "sluice.worker.slots",
        "Most deliveries in progress at once",
        Map.of(),
        () -> application.load().slots());
    meters.gauge("sluice.http.connections", "Open connections", Map.of(), connections::getAsInt);
    meters.counter(
        "sluice.log.dropped", "Requests not logged because the log was overloaded", log::dropped);
    meters.gauge(
        "sluice.build.info", "Version of the program", Map.of("version", about.version()), () -> 1);
    meters.counter(
        "sluice.changes.not.shared",
        "Changes that were not shared with other nodes that requested them",
        () -> application.load().changesNotShared());
    String durability = application.useCases().browse().durability().wireName();
    meters.gauge(
        "sluice.durability.info",
        "What an acknowledged event survives",
        Map.of("storage", about.storage(), "durability", durability),
        () -> 1);
  }

  private void registerTicks(Meters meters) {
    meters.counter(
        "sluice.schedule.ticks",
        "Ticks of schedules that got their events from this node",
        () -> application.ticks().countStored());
    meters.counter(
        "sluice.schedule.skipped",
        "How often missed ticks of a schedule were skipped",
        () -> application.ticks().countSkipped());
    meters.gauge(
        "sluice.schedule.lateness.seconds",
        "For how long the earliest due tick of all schedules has had no event",
        Map.of(),
        () -> application.ticks().lateness(clock.instant()).toMillis() / 1_000.0);
  }

  private void registerReceivers(Meters meters) {
    for (ReceiverView.State state : ReceiverView.State.values()) {
      meters.gauge(
          "sluice.webhook.receivers",
          "Receivers of webhooks, by how this node treats them",
          Map.of("state", state.wireName()),
          () -> receivers.getOrDefault(state, 0L));
    }
  }

  private Map<ReceiverView.State, Long> countReceivers() {
    UseCases useCases = application.useCases();
    return useCases.subscriptions().current().all().stream()
        .flatMap(subscription -> useCases.receivers().apply(subscription.name()).stream())
        .collect(Collectors.groupingBy(ReceiverView::state, Collectors.counting()));
  }

  /// Registers the gauges of the disk, where the storage reports them.
  private void registerDisk(Meters meters) {
    Optional<DiskReport> known = application.useCases().figures().disk();
    if (known.isPresent()) {
      meters.gauge(
          "sluice.storage.full",
          "1 while new events are refused because the disk is full",
          Map.of(),
          () -> isDiskFull() ? 1 : 0);
    }
    if (known.isPresent() && known.get().logBytes().isPresent()) {
      meters.gauge(
          "sluice.storage.log.bytes",
          "Size of the write-ahead log of the storage",
          Map.of(),
          this::logBytes);
    }
  }

  private boolean isDiskFull() {
    return application.useCases().figures().disk().filter(DiskReport::isFull).isPresent();
  }

  private double logBytes() {
    return application
        .useCases()
        .figures()
        .disk()
        .map(disk -> disk.logBytes().orElse(0))
        .orElse(0L);
  }

  private void registerQueues(Meters meters, QueueReport known) {
    for (QueueReport.Queue queue : known.queues()) {
      meters.gauge(
          "sluice.broker.queue.messages",
          "Messages ready in a queue of the broker",
          Map.of("queue", queue.name()),
          () -> depth(queue.name()));
    }
    meters.gauge(
        "sluice.broker.unacknowledged",
        "Messages that nodes have received and not acknowledged",
        Map.of(),
        () -> queues.map(QueueReport::unacknowledged).orElse(0L));
    meters.counter(
        "sluice.broker.redelivered",
        "Messages that were redelivered to a node",
        () -> queues.map(QueueReport::redelivered).orElse(0L));
    meters.counter(
        "sluice.broker.foreign.dead.letters",
        "Foreign messages that are not events and became dead letters",
        () -> queues.map(QueueReport::foreignDeadLetters).orElse(0L));
    meters.gauge(
        "sluice.broker.redis.memory.used.bytes",
        "Memory that Redis uses",
        Map.of(),
        () -> queues.map(report -> report.memory().usedBytes()).orElse(0L));
    meters.gauge(
        "sluice.broker.redis.memory.limit.bytes",
        "The maxmemory of Redis; 0 for none",
        Map.of(),
        () -> queues.map(report -> report.memory().limitBytes()).orElse(0L));
    meters.gauge(
        "sluice.broker.figures.age.seconds",
        "Age of the figures of the broker's queues",
        Map.of(),
        () -> queues.map(report -> report.age().toNanos() / 1e9).orElse(0.0));
  }

  private double depth(String queue) {
    return queues.stream()
        .flatMap(report -> report.queues().stream())
        .filter(one -> one.name().equals(queue))
        .mapToLong(QueueReport.Queue::depth)
        .sum();
  }

  private void registerCounts(Meters meters) {
    for (DeliveryStatus status : UNFINISHED) {
      meters.gauge(
          "sluice.backlog.deliveries",
          "Deliveries that are not finished, by state",
          Map.of("state", status.wireName()),
          () -> counts.of(status));
    }
    for (EventStatus status : EventStatus.values()) {
      meters.gauge(
          "sluice.events.kept",
          "Events in the storage, by status",
          Map.of("status", status.wireName()),
          () -> counts.of(status));
    }
    meters.gauge(
        "sluice.oldest.waiting.seconds",
        "How long the longest-waiting delivery has been due",
        Map.of(),
        () -> counts.oldestWaitingAge(clock.instant()).orElse(Duration.ZERO).toNanos() / 1e9);
  }

  /// Fetches the latest counts. While the storage does not answer, the last ones stay: metrics are
  /// needed most when things fail.
  void refresh() {
    counts = application.useCases().figures().counts();
    receivers = countReceivers();
    application.useCases().figures().queues().ifPresent(report -> queues = Optional.of(report));
  }
}

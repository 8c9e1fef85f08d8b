package dev.sluice.application;

import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.application.access.AccessKeys;
import dev.sluice.application.fixture.Chance;
import dev.sluice.application.fixture.HookedStore;
import dev.sluice.application.fixture.PlainCron;
import dev.sluice.application.fixture.PlainFilters;
import dev.sluice.application.fixture.RefusingRegistry;
import dev.sluice.application.fixture.Samples;
import dev.sluice.application.intake.IngestResult;
import dev.sluice.application.work.WorkSettings;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.RecordingListener;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.destination.DestinationPreparation;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.Durability;
import dev.sluice.domain.port.EventHandler;
import dev.sluice.domain.port.KeyStore;
import dev.sluice.domain.port.PauseStore;
import dev.sluice.domain.port.SeriesStore;
import dev.sluice.domain.port.Storage;
import dev.sluice.domain.port.StoragePorts;
import dev.sluice.domain.schedule.ScheduleStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/// A whole node over a memory storage, whose time moves only when a test advances it.
final class Node {

  static final int MAX_BACKLOG = 50;
  static final Duration RETENTION = Duration.ofDays(7);
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  final StorageFixture storage = Samples.storage();
  final HookedStore store;
  final RecordingListener news = new RecordingListener();
  final RefusingRegistry nodes = new RefusingRegistry(MemoryAdapter.nodes(storage.clock()));
  final SeriesStore series = MemoryAdapter.series();
  final PauseStore pauses = MemoryAdapter.pauses();
  final ScheduleStore schedules = MemoryAdapter.schedules();
  private final KeyStore keys = MemoryAdapter.keys();
  final Application application;

  private StoragePorts ports() {
    return new StoragePorts(
        new Storage(
            store,
            storage.queue(),
            storage.control(),
            storage.storage().deadLetters(),
            storage.storage().bulk()),
        pauses,
        nodes,
        MemoryAdapter.changes(storage.clock()),
        MemoryAdapter.activity(),
        keys,
        series,
        MemoryAdapter.subscriptions(),
        MemoryAdapter.rateTokens(storage.clock()),
        schedules);
  }

  private Node(EventHandler handler, int slots, Durability durability, NodeRole role) {
    store = new HookedStore(storage.events(), durability);
    application =
        new Application(
            new Dependencies(
                ports(),
                Optional::empty,
                Samples.BUILT_IN,
                Map.of(Samples.DESTINATION.kind(), handler),
                DestinationPreparation.none(),
                Samples.DIGESTS,
                PlainFilters.FORMAT,
                PlainCron.FORMAT,
                List.of(news),
                storage.clock(),
                Chance.LARGEST,
                () -> new EventId("made"),
                new AccessKeys.Source(keys, () -> "0", Optional.empty())),
            new ApplicationSettings(
                "1.2.3",
                role,
                WorkSettings.of(new WorkerId("here"), slots, Duration.ofSeconds(30), TIMEOUT),
                Samples.AT_ONCE,
                MAX_BACKLOG,
                RETENTION,
                RETENTION));
  }

  static Node with(EventHandler handler, int slots) {
    return new Node(handler, slots, Durability.MEMORY, NodeRole.ALL);
  }

  static Node withDurableStorage(EventHandler handler, int slots) {
    return new Node(handler, slots, Durability.FSYNCED, NodeRole.ALL);
  }

  static Node inRole(NodeRole role, EventHandler handler, int slots) {
    return new Node(handler, slots, Durability.FSYNCED, role);
  }

  /// Ingests events `e-1`, `e-2`, … and starts to process them.
  Node startedWith(int events) {
    application.start();
    ingest(events);
    return this;
  }

  List<IngestResult> ingest(int events) {
    return application.useCases().intake().ingest(Samples.drafts(events));
  }

  void pass(Duration time) {
    storage.clock().advance(time);
    application.upkeep().tick();
    application.upkeep().keepUp();
    application.upkeep().cleanUp();
    application.upkeep().runBulkJobs();
    application.upkeep().shareChanges();
    application.upkeep().drawTokens();
    application.upkeep().emitTicks();
    application.upkeep().arrangeLanes();
  }

  void await(String id, EventStatus status) {
    Eventually.holds(id + " is " + status, () -> storage.status(id) == status);
  }

  void awaitInFlight(int count) {
    Eventually.holds(count + " in flight", () -> application.load().inFlight() == count);
  }

  /// Starts to stop on another thread, and returns when that thread waits for work to end.
  FutureTask<StopReport> stopping(Duration grace) {
    var stop = new FutureTask<>(() -> application.stop(grace));
    Thread thread = Thread.ofPlatform().daemon().start(stop);
    Eventually.holds(
        "the stop waits",
        () ->
            application.reasonsNotReady().contains("draining")
                && thread.getState() == Thread.State.TIMED_WAITING);
    return stop;
  }

  static StopReport reportOf(FutureTask<StopReport> stop) throws Exception {
    return stop.get(30, TimeUnit.SECONDS);
  }
}

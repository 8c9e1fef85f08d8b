package dev.sluice.application.intake;

import dev.sluice.application.fixture.HookedStore;
import dev.sluice.application.fixture.Samples;
import dev.sluice.application.subscription.SubscriptionCache;
import dev.sluice.contract.RecordingListener;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.Durability;
import dev.sluice.domain.port.ExistingEvent;
import dev.sluice.domain.subscription.SubscriptionChange;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// An intake over a memory storage.
final class IntakeFixture {

  static final int MAX_BACKLOG = 100;

  final StorageFixture storage;
  final HookedStore store;
  final RecordingListener news = new RecordingListener();
  final AdmissionControl admission = new AdmissionControl(MAX_BACKLOG, () -> 1.0);
  final Intake intake;
  private final SubscriptionCache subscriptions;
  private final AtomicInteger made = new AtomicInteger();

  private IntakeFixture(StorageFixture storage, SubscriptionChange... subscriptions) {
    this.storage = storage;
    this.store = new HookedStore(storage.events(), Durability.MEMORY);
    this.subscriptions = Samples.cacheOf(storage.clock(), subscriptions);
    this.intake = anotherIntake();
  }

  /// Creates another intake, like that of another node.
  Intake anotherIntake() {
    return new Intake(
        new Intake.Dependencies(
            store,
            subscriptions::current,
            Samples.DIGESTS,
            storage.clock(),
            () -> new EventId("made-" + made.incrementAndGet())),
        admission,
        news);
  }

  static IntakeFixture standard() {
    return subscribedBy();
  }

  static IntakeFixture subscribedBy(SubscriptionChange... subscriptions) {
    return new IntakeFixture(Samples.storage(), subscriptions);
  }

  static IntakeFixture withRoomFor(long maxEvents) {
    return new IntakeFixture(Samples.storage(maxEvents));
  }

  IngestResult ingest(EventDraft draft) {
    return intake.ingest(List.of(draft)).getFirst();
  }

  /// The event as the storage reported it when its id was repeated for the first time.
  ExistingEvent existing(String id) {
    ExistingEvent now = storage.events().existing(List.of(new EventId(id))).getFirst();
    return new ExistingEvent(
        now.id(), now.sequence(), now.receivedAt(), now.status(), Optional.empty());
  }

  /// The kinds of results, in order.
  List<String> kindsOf(List<EventDraft> drafts) {
    return intake.ingest(drafts).stream().map(result -> result.getClass().getSimpleName()).toList();
  }
}

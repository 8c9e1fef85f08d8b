package dev.sluice.application.intake;

import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.application.fixture.HookedStore;
import dev.sluice.application.fixture.Samples;
import dev.sluice.contract.RecordingListener;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.Durability;
import dev.sluice.domain.port.PayloadEquality;
import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.domain.subscription.Subscription;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// An intake over a memory storage.
final class IntakeFixture {

  static final int MAX_BACKLOG = 100;

  /// White space does not matter; that is all of JSON that is needed here.
  private static final PayloadEquality EQUALITY =
      (one, other) -> one.json().replace(" ", "").equals(other.json().replace(" ", ""));

  final StorageFixture storage;
  final HookedStore store;
  final RecordingListener news = new RecordingListener();
  final AdmissionControl admission = new AdmissionControl(MAX_BACKLOG, () -> 1.0);
  final Intake intake;

  private IntakeFixture(StorageFixture storage, List<Subscription> subscriptions) {
    this.storage = storage;
    this.store = new HookedStore(storage.events(), Durability.MEMORY);
    var made = new AtomicInteger();
    this.intake =
        new Intake(
            new Intake.Outside(
                store,
                MemoryAdapter.subscriptions(subscriptions),
                EQUALITY,
                storage.clock(),
                () -> new EventId("made-" + made.incrementAndGet())),
            admission,
            news);
  }

  static IntakeFixture standard() {
    return subscribedBy(Samples.toAll(RetryPolicy.DEFAULT));
  }

  static IntakeFixture subscribedBy(Subscription... subscriptions) {
    return new IntakeFixture(Samples.storage(), List.of(subscriptions));
  }

  static IntakeFixture withRoomFor(long maxEvents) {
    return new IntakeFixture(
        Samples.storage(maxEvents), List.of(Samples.toAll(RetryPolicy.DEFAULT)));
  }

  IngestResult ingest(EventDraft draft) {
    return intake.ingest(List.of(draft)).getFirst();
  }

  /// The kinds of results, in order.
  List<String> kindsOf(List<EventDraft> drafts) {
    return intake.ingest(drafts).stream().map(result -> result.getClass().getSimpleName()).toList();
  }
}

package dev.sluice.application.recurring;

import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.application.fixture.PlainCron;
import dev.sluice.application.intake.EventDraft;
import dev.sluice.application.intake.IngestEvents;
import dev.sluice.application.intake.IngestResult;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.access.AllowedTypes;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.Payload;
import dev.sluice.domain.port.ExistingEvent;
import dev.sluice.domain.schedule.CatchUp;
import dev.sluice.domain.schedule.EventTemplate;
import dev.sluice.domain.schedule.Schedule;
import dev.sluice.domain.schedule.ScheduleDefinition;
import dev.sluice.domain.schedule.ScheduleName;
import dev.sluice.domain.schedule.ScheduleStore;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Schedules of one storage, and an intake that records which events would be stored.
final class Recurring implements IngestEvents {

  /// The `Retry-After` of refused events; ticks are retried sooner.
  private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

  final SettableClock clock = new SettableClock();
  final ScheduleStore store = MemoryAdapter.schedules();
  final ManageSchedules schedules = new ManageSchedules(store, PlainCron.FORMAT, clock);

  /// The stored events, as after the checks of the intake.
  final List<EventDraft> stored = new ArrayList<>();

  /// How many drafts were repeated.
  int duplicates;

  /// Why events are refused; empty while they are accepted.
  Optional<IngestResult.Reason> refusal = Optional.empty();

  /// So many events are stored before others are refused as if the storage was full.
  int room = Integer.MAX_VALUE;

  /// How many drafts each call had, the oldest call first.
  final List<Integer> calls = new ArrayList<>();

  /// Fails for events of this type.
  String failingType = "";

  /// How it fails.
  RuntimeException failure = new IllegalStateException("a broken template");

  /// The events with these ids have other content.
  final List<String> taken = new ArrayList<>();

  static ScheduleDefinition every(int seconds, CatchUp catchUp) {
    return definition(Integer.toString(seconds), "report", catchUp, true);
  }

  static ScheduleDefinition definition(
      String cron, String type, CatchUp catchUp, boolean isEnabled) {
    return new ScheduleDefinition(
        cron,
        ZoneOffset.UTC,
        new EventTemplate(
            new EventType(type),
            new Payload("{\"a\": 1}"),
            new Attributes(Map.of(Attributes.SOURCE, "clock"))),
        catchUp,
        isEnabled);
  }

  /// Returns the emitter of another node.
  TickEmitter newEmitter() {
    return new TickEmitter(store, PlainCron.FORMAT, this, clock);
  }

  ScheduleEdit put(String name, ScheduleDefinition definition) {
    return schedules.put(new ScheduleName(name), definition, Expected.ANY, "ann");
  }

  Schedule find(String name) {
    return schedules.find(new ScheduleName(name)).orElseThrow();
  }

  /// Lets time pass, and emits what is due then.
  void pass(TickEmitter emitter, Duration time) {
    clock.advance(time);
    emitter.emitDue();
  }

  List<String> ids() {
    return stored.stream().map(draft -> draft.id().orElseThrow().value()).toList();
  }

  @Override
  public synchronized List<IngestResult> ingest(List<EventDraft> drafts, AllowedTypes allowed) {
    calls.add(drafts.size());
    return drafts.stream().map(this::ingest).toList();
  }

  private IngestResult ingest(EventDraft draft) {
    if (draft.type().value().equals(failingType)) {
      throw failure;
    }
    if (refusal.isPresent()) {
      return new IngestResult.Refused(refusal.get(), RETRY_AFTER);
    }
    if (stored.size() >= room) {
      return new IngestResult.Refused(IngestResult.Reason.STORE_FULL, RETRY_AFTER);
    }
    var existing =
        new ExistingEvent(
            draft.id().orElseThrow(), 1, clock.instant(), EventStatus.RECEIVED, Optional.empty());
    if (taken.contains(existing.id().value())) {
      return new IngestResult.Conflict(existing);
    }
    if (stored.stream().map(EventDraft::id).toList().contains(draft.id())) {
      duplicates++;
      return new IngestResult.Duplicate(existing);
    }
    stored.add(draft);
    return new IngestResult.Accepted(new EventSummary(event(draft), List.of()));
  }

  private Event event(EventDraft draft) {
    return new Event(
        draft.id().orElseThrow(),
        draft.type(),
        clock.instant(),
        clock.instant(),
        draft.payload(),
        draft.attributes());
  }
}

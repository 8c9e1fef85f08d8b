package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.Payload;
import dev.sluice.domain.schedule.CatchUp;
import dev.sluice.domain.schedule.EventTemplate;
import dev.sluice.domain.schedule.Schedule;
import dev.sluice.domain.schedule.ScheduleChange;
import dev.sluice.domain.schedule.ScheduleChangeResult;
import dev.sluice.domain.schedule.ScheduleChangeResult.Conflict;
import dev.sluice.domain.schedule.ScheduleChangeResult.Deleted;
import dev.sluice.domain.schedule.ScheduleChangeResult.Stored;
import dev.sluice.domain.schedule.ScheduleDefinition;
import dev.sluice.domain.schedule.ScheduleName;
import dev.sluice.domain.schedule.ScheduleProgress;
import dev.sluice.domain.schedule.ScheduleStore;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The promises of [ScheduleStore].
public interface ScheduleStoreContract {

  Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");

  ScheduleDefinition PLAIN =
      new ScheduleDefinition(
          "30 2 * * *",
          ZoneId.of("UTC"),
          new EventTemplate(new EventType("report"), new Payload("{}"), Attributes.NONE),
          CatchUp.LAST,
          true);

  /// Returns an empty store.
  ScheduleStore newStore();

  private static ScheduleName name(String name) {
    return new ScheduleName(name);
  }

  private static ScheduleChange change(String name, Expected expected) {
    return new ScheduleChange(name(name), expected, PLAIN, "ann", NOW, NOW);
  }

  private static Schedule stored(ScheduleStore store, ScheduleChange change) {
    ScheduleChangeResult result = store.put(change);
    assertThat(result).isInstanceOf(Stored.class);
    return ((Stored) result).schedule();
  }

  private static Schedule stored(ScheduleStore store, String name) {
    return stored(store, change(name, Expected.ANY));
  }

  private static ScheduleProgress tickAt(Instant tick) {
    return new ScheduleProgress(tick, Optional.of(tick));
  }

  @Test
  default void newStore_isEmpty() {
    ScheduleStore store = newStore();

    assertThat(store.all()).isEmpty();
    assertThat(store.find(name("nightly"))).isEmpty();
  }

  @Test
  default void schedule_isStoredAsItIs() {
    ScheduleStore store = newStore();
    var definition =
        new ScheduleDefinition(
            "*/5 0-3 1 JAN MON",
            ZoneId.of("Australia/Lord_Howe"),
            new EventTemplate(
                new EventType("report 'a' \uD83D\uDE80"),
                new Payload("{ \"a\": [1.50, \"\\u00e9\\t\"], \"b\" :\"\uD83D\uDE80\\\\\" }"),
                new Attributes(
                    Map.of(
                        Attributes.SOURCE, "/clock\\1",
                        Attributes.SUBJECT, "night \"2\"",
                        Attributes.KEY, "k"))),
            CatchUp.ALL,
            false);

    Schedule stored =
        stored(
            store,
            new ScheduleChange(name("a-b_c.1"), Expected.ABSENT, definition, "bob", NOW, NOW));

    assertThat(stored)
        .isEqualTo(
            new Schedule(
                name("a-b_c.1"),
                stored.version(),
                definition,
                "bob",
                NOW,
                ScheduleProgress.startingAt(NOW)));
    assertThat(store.find(name("a-b_c.1"))).contains(stored);
    assertThat(store.all()).containsExactly(stored);
  }

  @Test
  default void all_areInTheOrderOfTheirNames() {
    ScheduleStore store = newStore();
    for (String name : List.of("mail", "audit", "a-b", "a_b", "a.b", "0")) {
      stored(store, name);
    }

    assertThat(store.all().stream().map(one -> one.name().value()))
        .containsExactly("0", "a-b", "a.b", "a_b", "audit", "mail");
  }

  @Test
  default void eachChange_makesAGreaterVersionOfTheSet() {
    ScheduleStore store = newStore();
    long first = stored(store, "a").version();
    long second = stored(store, "b").version();
    long third = stored(store, "a").version();
    assertThat(store.version()).isEqualTo(third);

    assertThat(first).isPositive();
    assertThat(second).isGreaterThan(first);
    assertThat(third).isGreaterThan(second);
    assertThat(store.delete(name("a"), Expected.ANY)).isEqualTo(new Deleted());
    assertThat(store.version()).isGreaterThan(third);
    assertThat(stored(store, "a").version()).isEqualTo(store.version());
  }

  @Test
  default void refusedChange_changesNothing() {
    ScheduleStore store = newStore();
    Schedule first = stored(store, change("a", Expected.ABSENT));
    Schedule second = stored(store, change("a", new Expected.Version(first.version())));
    var conflict = new Conflict(Optional.of(second));

    assertThat(store.put(change("a", new Expected.Version(first.version())))).isEqualTo(conflict);
    assertThat(store.put(change("a", Expected.ABSENT))).isEqualTo(conflict);
    assertThat(store.delete(name("a"), new Expected.Version(first.version()))).isEqualTo(conflict);
    assertThat(store.put(change("none", new Expected.Version(first.version()))))
        .isEqualTo(new Conflict(Optional.empty()));
    assertThat(store.delete(name("none"), Expected.ANY)).isEqualTo(new Conflict(Optional.empty()));

    assertThat(store.all()).containsExactly(second);
    assertThat(store.version()).isEqualTo(second.version());
  }

  @Test
  default void advance_movesTheProgressAndNothingElse() {
    ScheduleStore store = newStore();
    Schedule schedule = stored(store, "a");
    Schedule other = stored(store, "b");
    ScheduleProgress first = tickAt(NOW.plusSeconds(60));
    var skipped = new ScheduleProgress(NOW.plusSeconds(180), first.lastTick());

    assertThat(store.advance(schedule, first)).isTrue();
    assertThat(store.find(name("a"))).contains(schedule.with(first));
    assertThat(store.advance(schedule.with(first), skipped)).isTrue();

    assertThat(store.all()).containsExactly(schedule.with(skipped), other);
    assertThat(store.version()).isEqualTo(other.version());
  }

  @Test
  default void advanceFromOutdatedKnowledge_isRefused() {
    ScheduleStore store = newStore();
    Schedule first = stored(store, "a");
    ScheduleProgress tick = tickAt(NOW.plusSeconds(60));
    assertThat(store.advance(first, tick)).isTrue();
    Schedule second = stored(store, "a");
    ScheduleProgress later = tickAt(NOW.plusSeconds(120));

    assertThat(store.advance(first, later)).as("old version and progress").isFalse();
    assertThat(store.advance(first.with(tick), later)).as("old version").isFalse();
    assertThat(store.advance(second.with(first.progress()), later)).as("old progress").isFalse();
    assertThat(store.find(name("a"))).contains(second);

    store.delete(name("a"), Expected.ANY);
    assertThat(store.advance(second, later)).as("deleted").isFalse();
    assertThat(store.find(name("a"))).isEmpty();
  }

  @Test
  default void newVersion_keepsTheProgressUnlessItSkipsMore() {
    ScheduleStore store = newStore();
    Schedule first = stored(store, "a");
    ScheduleProgress tick = tickAt(NOW.plusSeconds(60));
    assertThat(store.advance(first, tick)).isTrue();

    Schedule second = stored(store, "a");
    Instant later = NOW.plusSeconds(90);
    Schedule third =
        stored(store, new ScheduleChange(name("a"), Expected.ANY, PLAIN, "ann", later, later));

    assertThat(second.progress()).isEqualTo(tick);
    assertThat(third.progress()).isEqualTo(new ScheduleProgress(later, tick.lastTick()));
    assertThat(store.find(name("a"))).contains(third);
  }

  @Test
  default void deletedSchedule_beginsAnew() {
    ScheduleStore store = newStore();
    Schedule first = stored(store, "a");
    assertThat(store.advance(first, tickAt(NOW.plusSeconds(60)))).isTrue();

    assertThat(store.delete(name("a"), new Expected.Version(first.version())))
        .isEqualTo(new Deleted());
    Schedule again = stored(store, change("a", Expected.ABSENT));

    assertThat(again.progress()).isEqualTo(ScheduleProgress.startingAt(NOW));
    assertThat(again.version()).isGreaterThan(first.version());
  }

  @Test
  default void fullStore_refusesOnlyNewOnes() {
    ScheduleStore store = newStore();
    for (int number = 0; number < ScheduleStore.MAX_SCHEDULES; number++) {
      stored(store, "s-" + number);
    }

    assertThat(store.put(change("more", Expected.ANY))).isEqualTo(new ScheduleChangeResult.Full());
    stored(store, "s-7");
    assertThat(store.delete(name("s-7"), Expected.ANY)).isEqualTo(new Deleted());
    stored(store, "more");
    assertThat(store.all()).hasSize(ScheduleStore.MAX_SCHEDULES);
  }

  private static <T> List<T> concurrently(Callable<T> call) throws Exception {
    List<Callable<T>> calls = IntStream.range(0, 8).<Callable<T>>mapToObj(_ -> call).toList();
    List<T> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<T> result : threads.invokeAll(calls)) {
        results.add(result.get());
      }
    }
    return results;
  }

  @Test
  default void ofConcurrentEditors_oneWins() throws Exception {
    ScheduleStore store = newStore();
    ScheduleChange change = change("a", new Expected.Version(stored(store, "a").version()));

    List<ScheduleChangeResult> results = concurrently(() -> store.put(change));

    assertThat(results).filteredOn(Stored.class::isInstance).hasSize(1);
    assertThat(results).filteredOn(Conflict.class::isInstance).hasSize(7);
  }

  @Test
  default void ofConcurrentNodes_oneAdvances() throws Exception {
    ScheduleStore store = newStore();
    Schedule schedule = stored(store, "a");

    List<Boolean> results =
        concurrently(() -> store.advance(schedule, tickAt(NOW.plusSeconds(60))));

    assertThat(results).containsOnlyOnce(true);
  }
}

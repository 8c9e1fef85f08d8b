package dev.sluice.application.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.stream.ChangeCursor.Sight;
import dev.sluice.contract.Events;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.contract.Transitions;
import dev.sluice.domain.delivery.AttemptCount;
import dev.sluice.domain.delivery.Change;
import dev.sluice.domain.delivery.DeliveryId;
import dev.sluice.domain.delivery.ErrorFingerprint;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ChangeLogTest {

  private static final int CAPACITY = 16;
  private static final Instant LATER = SettableClock.START.plusSeconds(1);

  private final SettableClock clock = new SettableClock();
  private final ChangeLog log = new ChangeLog(clock, "abc", CAPACITY);

  private void accept(int from, int to) {
    IntStream.rangeClosed(from, to)
        .forEach(number -> log.onTransition(Transitions.accepted(Events.event("e-" + number), 1)));
  }

  private static boolean any(Change change) {
    return !change.event().value().isEmpty();
  }

  private ChangeCursor cursor(long position) {
    return new ChangeCursor(log, position);
  }

  private static List<String> ids(Sight sight) {
    return sight.changes().stream().map(logged -> logged.change().event().value()).toList();
  }

  private Change changeOf(Transition transition) {
    log.onTransition(transition);
    return cursor(log.end() - 1).oldest(ChangeLogTest::any, 1).changes().getFirst().change();
  }

  @Test
  void acceptedEvent_isReceivedWhenItWasReceived() {
    clock.advance(Duration.ofSeconds(1));

    assertThat(changeOf(Transitions.accepted(Events.keyed("e-1", "k"), 1)))
        .isEqualTo(change("e-1", SettableClock.START, "k", EventStatus.RECEIVED, 0, "", ""));
    assertThat(changeOf(Transitions.accepted(Events.TYPE, 0)).status())
        .isEqualTo(EventStatus.UNROUTED);
  }

  @Test
  void eventWithSeveralDeliveries_isAChangeForEach() {
    log.onTransition(Transitions.accepted(Events.TYPE, 2));

    assertThat(cursor(0).oldest(ChangeLogTest::any, 3).changes())
        .extracting(logged -> logged.change().subscription())
        .containsExactly("default", "other-1");
  }

  private static Change change(
      String id, Instant at, String key, EventStatus status, int attempt, String error, String m) {
    String fingerprint =
        status == EventStatus.FAILED
            ? ErrorFingerprint.of(SubscriptionName.DEFAULT, StorageFixture.CAUSE).toString()
            : "";
    return new Change(
        at,
        new EventId(id),
        Events.TYPE,
        key,
        "default",
        status,
        attempt,
        attempt == 0 ? "" : "worker-1",
        error,
        fingerprint,
        m);
  }

  @Test
  void claimedAndSettledDeliveries_tellAttemptAndWorker() {
    clock.advance(Duration.ofSeconds(1));
    Event event = Events.keyed("e-1", "k");

    assertThat(changeOf(Transitions.claimed(event)))
        .isEqualTo(change("e-1", SettableClock.START, "k", EventStatus.PROCESSING, 1, "", ""));
    assertThat(changeOf(settled(event, Resolution.COMPLETE)))
        .isEqualTo(change("e-1", SettableClock.START, "k", EventStatus.COMPLETED, 1, "", ""));
    String error = StorageFixture.CAUSE.error();
    String message = StorageFixture.CAUSE.message();
    assertThat(changeOf(settled(event, new Resolution.DeadLetter(StorageFixture.CAUSE))))
        .isEqualTo(change("e-1", SettableClock.START, "k", EventStatus.FAILED, 1, error, message));
    assertThat(changeOf(settled(event, new Resolution.Retry(LATER, StorageFixture.CAUSE))))
        .isEqualTo(
            change("e-1", SettableClock.START, "k", EventStatus.RETRYING, 1, error, message));
  }

  private static Transition settled(Event event, Resolution resolution) {
    return Transitions.settled(event, resolution, Duration.ZERO, Duration.ZERO);
  }

  @Test
  void handedBackDelivery_isWhereItWasBefore() {
    Event event = Events.event("e-1");

    assertThat(changeOf(settled(event, Resolution.HAND_BACK)).status())
        .isEqualTo(EventStatus.RECEIVED);
    assertThat(
            changeOf(
                    new Transition.Settled(
                        event,
                        SubscriptionName.DEFAULT,
                        new AttemptCount(5, 2),
                        Transitions.WORKER,
                        Resolution.HAND_BACK,
                        LATER,
                        Duration.ZERO,
                        Duration.ZERO))
                .status())
        .isEqualTo(EventStatus.RETRYING);
  }

  @Test
  void operatorsActions_areOfADelivery() {
    assertThat(changeOf(Transitions.replayed(Events.keyed("e-1", "k"))))
        .satisfies(
            change -> {
              assertThat(change.status()).isEqualTo(EventStatus.RECEIVED);
              assertThat(change.key()).isEqualTo("k");
              assertThat(change.subscription()).isEqualTo("default");
            });
    assertThat(changeOf(Transitions.cancelled(Events.TYPE)))
        .satisfies(
            change -> {
              assertThat(change.status()).isEqualTo(EventStatus.CANCELLED);
              assertThat(change.subscription()).isEqualTo("default");
            });
  }

  @Test
  void lostLease_isNoChange() {
    var delivery = new DeliveryId(new EventId("e-1"), SubscriptionName.DEFAULT);

    log.onTransition(new Transition.LeaseLost(Events.TYPE, delivery, 1));

    assertThat(log.end()).isZero();
  }

  @Test
  void changes_areSeenOnceAndInOrder() {
    ChangeCursor cursor = cursor(0);
    accept(1, 3);

    Sight sight = cursor.newest(ChangeLogTest::any, 100, 100);

    assertThat(ids(sight)).containsExactly("e-1", "e-2", "e-3");
    assertThat(sight.changes()).extracting(LoggedChange::number).containsExactly(1L, 2L, 3L);
    assertThat(sight.skipped()).isZero();
    assertThat(cursor.newest(ChangeLogTest::any, 100, 100)).isEqualTo(new Sight(List.of(), 0));
    accept(4, 4);
    assertThat(ids(cursor.newest(ChangeLogTest::any, 100, 100))).containsExactly("e-4");
  }

  @Test
  void ring_holdsAsManyAsItMay() {
    accept(1, 3 * CAPACITY + 5);
    ChangeCursor cursor = cursor(2 * CAPACITY + 5);

    assertThat(cursor.oldest(ChangeLogTest::any, 100).changes()).hasSize(CAPACITY);
    assertThat(cursor.position()).isEqualTo(log.end());
  }

  @Test
  void overwrittenChanges_areCountedAsSkipped() {
    accept(1, CAPACITY + 7);

    Sight sight = cursor(0).oldest(ChangeLogTest::any, 100);

    assertThat(ids(sight)).hasSize(CAPACITY).startsWith("e-8");
    assertThat(sight.skipped()).isEqualTo(7);
  }

  @Test
  void beyondTheLooks_theNewestAreLookedAt() {
    accept(1, 10);

    Sight sight = cursor(0).newest(ChangeLogTest::any, 3, 100);

    assertThat(ids(sight)).containsExactly("e-8", "e-9", "e-10");
    assertThat(sight.skipped()).isEqualTo(7);
  }

  @Test
  void beyondTheTaken_theNewestAreTaken() {
    accept(1, 10);

    Sight newest = cursor(0).newest(change -> !change.event().value().equals("e-9"), 100, 2);

    assertThat(ids(newest)).containsExactly("e-8", "e-10");
    assertThat(newest.skipped()).as("those that were wanted").isEqualTo(7);
  }

  @Test
  void oldest_goesOnWhereItStopped() {
    accept(1, 10);
    ChangeCursor cursor = cursor(0);

    assertThat(ids(cursor.oldest(ChangeLogTest::any, 4)))
        .containsExactly("e-1", "e-2", "e-3", "e-4");
    assertThat(ids(cursor.oldest(ChangeLogTest::any, 4)))
        .containsExactly("e-5", "e-6", "e-7", "e-8");
    assertThat(cursor.oldest(ChangeLogTest::any, 4).skipped()).isZero();
  }

  @Test
  void whatOthersDid_isSeenWithWhatWasMissed() {
    accept(1, 1);
    log.merge(List.of(changeOf(Transitions.accepted(Events.event("theirs"), 1))), 9);
    ChangeCursor cursor = cursor(0);

    Sight sight = cursor.newest(ChangeLogTest::any, 100, 100);

    assertThat(ids(sight)).containsExactly("e-1", "theirs", "theirs");
    assertThat(sight.skipped()).isEqualTo(9);
    Sight own = cursor(0).newestFromHere(100);
    assertThat(ids(own)).containsExactly("e-1", "theirs");
    assertThat(own.skipped()).isZero();
  }

  @Test
  void encoding_isDoneOnce() {
    accept(1, 1);
    var calls = new AtomicInteger();
    LoggedChange change = cursor(0).newest(ChangeLogTest::any, 1, 1).changes().getFirst();

    byte[] first = change.encoded(_ -> new byte[] {(byte) calls.incrementAndGet()});
    byte[] second = change.encoded(_ -> new byte[] {(byte) calls.incrementAndGet()});

    assertThat(second).isSameAs(first);
    assertThat(calls).hasValue(1);
  }

  @Test
  void watchers_areCounted() {
    try (ChangeLog.Watch one = log.watch(0);
        ChangeLog.Watch _ = log.watch(0)) {
      assertThat(log.watchers()).isEqualTo(2);
      assertThat(one.changes().position()).isZero();
    }

    assertThat(log.watchers()).isZero();
  }

  /// Whatever writers and readers do concurrently, each reader sees ascending numbers, and the
  /// changes that it saw and those reported as skipped add up to all.
  @Test
  void readersDuringWriting_missNothingUntold() throws Exception {
    var small = new ChangeLog(clock, "abc", 64);
    var isOver = new AtomicBoolean();
    int each = 50_000;
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Future<Long>> readers =
          List.of(
              threads.submit(() -> readAll(small, isOver, 64)),
              threads.submit(() -> readAll(small, isOver, 7)));
      Callable<Integer> writer = () -> write(small, each);
      for (Future<Integer> written : threads.invokeAll(List.of(writer, writer))) {
        assertThat(written.get()).isEqualTo(each);
      }
      isOver.set(true);
      for (Future<Long> reader : readers) {
        assertThat(reader.get()).isEqualTo(2L * each);
      }
    }
  }

  private static int write(ChangeLog log, int count) {
    var accepted = Transitions.accepted(Events.event("e-1"), 1);
    for (int number = 0; number < count; number++) {
      log.onTransition(accepted);
    }
    return count;
  }

  private static long readAll(ChangeLog log, AtomicBoolean isOver, int limit) {
    var cursor = new ChangeCursor(log, 0);
    long total = 0;
    long last = 0;
    boolean wasOver;
    do {
      wasOver = isOver.get();
      Sight sight = cursor.newest(ChangeLogTest::any, limit, limit);
      for (LoggedChange change : new ArrayList<>(sight.changes())) {
        assertThat(change.number()).isGreaterThan(last);
        last = change.number();
      }
      total += sight.changes().size() + sight.skipped();
    } while (!wasOver || cursor.position() < log.end());
    return total;
  }
}

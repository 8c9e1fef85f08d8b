package dev.sluice.adapter.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.adapter.jdbc.StorageThreads;
import dev.sluice.contract.Events;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.port.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AppendGroupCommitTest {

  private static final String BAD = "bad";

  private final CountDownLatch open = new CountDownLatch(1);
  private final AtomicInteger begun = new AtomicInteger();
  private final List<Integer> sizes = new CopyOnWriteArrayList<>();
  private @Nullable RuntimeException failure;
  private AppendGroupCommit.Trouble trouble = AppendGroupCommit.Trouble.DATA;
  private int failuresLeft = Integer.MAX_VALUE;
  private final AppendGroupCommit gatherer =
      new AppendGroupCommit(new Store(), StorageThreads.FACTORY);

  /// Blocks until `open` is counted down; then stores or fails as the test sets.
  private final class Store implements AppendGroupCommit.Store {
    @Override
    public List<@Nullable Instant> store(List<NewEvent> events) {
      begun.incrementAndGet();
      try {
        open.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      sizes.add(events.size());
      if (failure != null
          && failuresLeft > 0
          && events.stream().anyMatch(AppendGroupCommitTest::isBad)) {
        failuresLeft--;
        throw failure;
      }
      return Collections.nCopies(events.size(), SettableClock.START);
    }

    @Override
    public AppendGroupCommit.Trouble troubleOf(PortException known) {
      return trouble;
    }
  }

  private static boolean isBad(NewEvent event) {
    return event.event().id().value().equals(BAD);
  }

  @AfterEach
  void close() {
    open.countDown();
    gatherer.close();
  }

  private CompletableFuture<List<@Nullable Instant>> storing(String id) {
    var stored = new CompletableFuture<List<@Nullable Instant>>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                stored.complete(gatherer.store(List.of(Events.routed(Events.event(id)))));
              } catch (RuntimeException e) {
                stored.completeExceptionally(e);
              }
            });
    return stored;
  }

  /// One call is in progress; the others come while it is.
  private List<CompletableFuture<List<@Nullable Instant>>> storingBehindAnother(String... ids) {
    var all = new ArrayList<CompletableFuture<List<@Nullable Instant>>>();
    all.add(storing("first"));
    Eventually.holds("the first is in progress", () -> begun.get() == 1);
    for (String id : ids) {
      all.add(storing(id));
    }
    Eventually.holds("the others wait", () -> gatherer.waiting() == ids.length);
    open.countDown();
    return all;
  }

  @Test
  void callsThatComeMeanwhile_shareTheNext() throws Exception {
    for (var stored : storingBehindAnother("a", "b", "c")) {
      assertThat(stored.get(10, TimeUnit.SECONDS)).containsExactly(SettableClock.START);
    }
    assertThat(sizes).containsExactly(1, 3);
  }

  @Test
  void oneBadEvent_failsAlone() throws Exception {
    failure = new StoreUnavailableException("it cannot be stored");

    var all = storingBehindAnother("a", BAD, "b");

    assertThat(all.get(1).get(10, TimeUnit.SECONDS)).hasSize(1);
    assertThat(all.get(3).get(10, TimeUnit.SECONDS)).hasSize(1);
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> all.get(2).get(10, TimeUnit.SECONDS))
        .withCause(failure);
  }

  @Test
  void databaseThatDoesNotAnswer_failsAllThatWait() throws Exception {
    trouble = AppendGroupCommit.Trouble.DATABASE;
    failure = new StoreUnavailableException("it does not answer");
    var all = new ArrayList<CompletableFuture<List<@Nullable Instant>>>();
    all.add(storing(BAD));
    Eventually.holds("the first is in progress", () -> begun.get() == 1);
    all.add(storing("a"));
    all.add(storing("b"));
    Eventually.holds("the others wait", () -> gatherer.waiting() == 2);
    open.countDown();

    for (var stored : all) {
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> stored.get(10, TimeUnit.SECONDS))
          .withMessageContaining("does not answer");
    }
    assertThat(begun.get()).isEqualTo(1);
  }

  @Test
  void statementThatTookTooLong_failsItsOwnCallsAlone() throws Exception {
    trouble = AppendGroupCommit.Trouble.STATEMENT;
    failure = new StoreUnavailableException("it was cancelled");
    failuresLeft = 1;
    CompletableFuture<List<@Nullable Instant>> cancelled = storing(BAD);
    Eventually.holds("the first is in progress", () -> begun.get() == 1);
    CompletableFuture<List<@Nullable Instant>> queued = storing("a");
    Eventually.holds("the other waits", () -> gatherer.waiting() == 1);
    open.countDown();

    assertThat(queued.get(10, TimeUnit.SECONDS)).hasSize(1);
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> cancelled.get(10, TimeUnit.SECONDS))
        .withCause(failure);
  }

  @Test
  void conflictWithOthers_isTriedAgain() throws Exception {
    trouble = AppendGroupCommit.Trouble.CONFLICT;
    failure = new StoreUnavailableException("deadlock detected");
    failuresLeft = 2;
    open.countDown();

    assertThat(storing(BAD).get(10, TimeUnit.SECONDS)).hasSize(1);
    assertThat(begun.get()).isEqualTo(3);
  }

  @Test
  void conflictThatComesAgainAndAgain_failsItsOwnCallsAlone() throws Exception {
    trouble = AppendGroupCommit.Trouble.CONFLICT;
    failure = new StoreUnavailableException("deadlock detected");
    open.countDown();

    assertThat(storing(BAD))
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableOfType(ExecutionException.class)
        .withCause(failure);
    assertThat(storing("later").get(10, TimeUnit.SECONDS)).hasSize(1);
  }

  @Test
  void unexpectedFailure_reachesEveryCaller() {
    failure = new IllegalStateException("this failure is part of the test");

    var all = storingBehindAnother("a", BAD);

    for (int index = 1; index <= 2; index++) {
      var stored = all.get(index);
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> stored.get(10, TimeUnit.SECONDS))
          .withCause(failure);
    }
    assertThat(storing("later")).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void afterClosing_nobodyWaits() {
    open.countDown();
    gatherer.close();

    assertThat(storing("late"))
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableOfType(ExecutionException.class)
        .withMessageContaining("closed");
  }
}

package dev.sluice.adapter.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.contract.Eventually;
import dev.sluice.domain.port.StoreUnavailableException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GroupCommitTest {

  private final Recorder recorder = new Recorder();
  private final GroupCommit writer =
      new GroupCommit(recorder, Thread.ofPlatform().daemon().factory());
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch gate = new CountDownLatch(1);

  /// A transaction that only records what happens. Its lists belong to the writer's thread until
  /// the writer is closed.
  private static final class Recorder implements GroupCommit.Transaction {
    private final List<String> happened = new ArrayList<>();
    private boolean failsToCommit;

    @Override
    public void begin() {
      happened.add("begin");
    }

    @Override
    public void commit() throws SQLException {
      if (failsToCommit) {
        throw new SQLException("no");
      }
      happened.add("commit");
    }

    @Override
    public void rollback() {
      happened.add("rollback");
    }

    @Override
    public RuntimeException translate(Throwable failure) {
      return new StoreUnavailableException("translated: " + failure.getMessage(), failure);
    }
  }

  @AfterEach
  void close() {
    gate.countDown();
    writer.close();
    callers.close();
  }

  private Future<String> queued(GroupCommit.Operation<String> operation) {
    return callers.submit(() -> writer.write(operation));
  }

  /// Keeps the writer busy, so that the next operations gather in the queue.
  private void hold() throws InterruptedException {
    var held = new CountDownLatch(1);
    Future<String> holding =
        queued(
            () -> {
              held.countDown();
              await(gate);
              return "held";
            });
    assertThat(holding).isNotNull();
    assertThat(held.await(10, TimeUnit.SECONDS)).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private GroupCommit.Operation<String> note(String name) {
    return () -> {
      recorder.happened.add(name);
      return name;
    };
  }

  private void awaitQueued(int entries) {
    Eventually.holds(entries + " are queued", () -> writer.queued() == entries);
  }

  @Test
  void whatIsQueued_isCommittedTogether() throws Exception {
    hold();
    Future<String> one = queued(note("one"));
    awaitQueued(1);
    Future<String> two = queued(note("two"));
    awaitQueued(2);
    gate.countDown();

    assertThat(List.of(one.get(), two.get())).containsExactly("one", "two");
    writer.close();
    assertThat(recorder.happened).containsSubsequence("begin", "one", "two", "commit");
    assertThat(String.join(" ", recorder.happened)).contains("one two");
  }

  @Test
  void urgentOperations_comeFirst() throws Exception {
    hold();
    Future<String> other = queued(note("other"));
    awaitQueued(1);
    Future<String> urgent = callers.submit(() -> writer.writeUrgently(note("urgent")));
    awaitQueued(2);
    gate.countDown();

    assertThat(other.get()).isEqualTo("other");
    assertThat(urgent.get()).isEqualTo("urgent");
    writer.close();
    assertThat(recorder.happened).containsSubsequence("urgent", "other");
  }

  @Test
  void largeOperations_runAloneInTurnWithOthers() throws Exception {
    hold();
    List<Future<String>> queued = new ArrayList<>();
    for (String name : List.of("large-1", "large-2")) {
      queued.add(callers.submit(() -> writer.writeLarge(note(name))));
      awaitQueued(queued.size());
    }
    queued.add(queued(note("small")));
    awaitQueued(3);
    gate.countDown();

    for (Future<String> operation : queued) {
      operation.get();
    }
    writer.close();
    assertThat(recorder.happened).containsSubsequence("small", "large-2");
    assertThat(String.join(" ", recorder.happened))
        .contains("begin large-1 commit", "begin large-2 commit");
  }

  @Test
  void faultyOperation_failsAlone() throws Exception {
    hold();
    Future<String> good = queued(note("good"));
    awaitQueued(1);
    Future<String> bad =
        queued(
            () -> {
              throw new SQLException("bad");
            });
    awaitQueued(2);
    gate.countDown();

    assertThat(good.get()).isEqualTo("good");
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(bad::get)
        .withCauseInstanceOf(StoreUnavailableException.class)
        .withMessageContaining("translated: bad");
    writer.close();
    assertThat(recorder.happened)
        .containsSubsequence("good", "rollback", "begin", "good", "commit");
  }

  @Test
  void failedCommit_failsAll() throws Exception {
    recorder.failsToCommit = true;
    hold();
    Future<String> one = queued(note("one"));
    awaitQueued(1);
    gate.countDown();

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(one::get)
        .withMessageContaining("translated: no");
    writer.close();
    assertThat(recorder.happened).containsSubsequence("one", "rollback").doesNotContain("commit");
  }

  @Test
  void closing_writesWhatIsQueuedAndRefusesTheRest() throws Exception {
    hold();
    Future<String> queued = queued(note("queued"));
    awaitQueued(1);
    gate.countDown();
    writer.close();

    assertThat(queued.get()).isEqualTo("queued");
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> writer.write(note("late")))
        .withMessageContaining("closed");
  }
}

package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.port.StoreUnavailableException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Combines the appends of many callers at about the same time, so that one statement and one
/// commit serve them all.
final class AppendGroupCommit implements AutoCloseable {

  /// A statement takes no more calls when it has this many events.
  private static final int ENOUGH_EVENTS = 512;

  private static final long ENOUGH_CHARACTERS = 4 << 20;

  /// How long a call waits for others, where others can be expected: when the statement before it
  /// had more than one.
  private static final Duration WAIT_FOR_OTHERS = Duration.ofMillis(1);

  /// No call waits longer for its turn: the client may be gone by then.
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  /// Most tries of a statement that conflicts with concurrent ones.
  private static final int MOST_TRIES = 3;

  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(30);

  /// Ends the thread: a call without events.
  private static final Call END = Call.of(List.of());

  private static final System.Logger LOG = System.getLogger(AppendGroupCommit.class.getName());

  private final Store store;
  private final LinkedBlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private final Thread thread;

  AppendGroupCommit(Store store, ThreadFactory threads) {
    this.store = store;
    this.thread = threads.newThread(this::loop);
    thread.start();
  }

  /// Stores events with one statement.
  interface Store {

    /// Stores each event whose id is free.
    ///
    /// @return for each event when it was stored; null where its id is taken
    /// @throws PortException when none was stored, or the outcome is unknown
    List<@Nullable Instant> store(List<NewEvent> events);

    /// Returns the kind of failure that made [#store] fail.
    Trouble troubleOf(PortException failure);
  }

  /// The kind of a failure, which decides whom it concerns.
  enum Trouble {
    /// Perhaps only a few of the events: the others are stored without them.
    DATA,
    /// Concurrent statements. Nothing was stored, and a retry helps.
    CONFLICT,
    /// This statement, which waited or took too long.
    STATEMENT,
    /// The database, which does not answer any caller.
    DATABASE
  }

  private record Call(
      List<NewEvent> events, CompletableFuture<List<@Nullable Instant>> done, long since) {

    static Call of(List<NewEvent> events) {
      return new Call(events, new CompletableFuture<>(), System.nanoTime());
    }

    boolean hasWaitedTooLong() {
      return System.nanoTime() - since > LONGEST_WAIT.toNanos();
    }

    void fail(RuntimeException failure) {
      done.completeExceptionally(failure);
    }

    boolean isEnd() {
      return events.isEmpty();
    }

    long characters() {
      return events.stream().mapToLong(event -> event.event().length()).sum();
    }
  }

  /// Stores the events, together with those of other callers.
  ///
  /// @param events at least one
  /// @return for each event when it was stored; null where its id is taken
  List<@Nullable Instant> store(List<NewEvent> events) {
    var call = Call.of(events);
    calls.add(call);
    // Checked after the call was queued: either the thread sees it before it ends, or this is true.
    if (isClosed.get() && calls.remove(call)) {
      throw closed();
    }
    try {
      return call.done().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
  }

  /// Returns how many calls wait for the next statement.
  int waiting() {
    return calls.size();
  }

  private void loop() {
    try {
      storeUntilEnd();
    } catch (InterruptedException e) {
      LOG.log(Level.ERROR, "the thread that stores events was unexpectedly interrupted", e);
    } finally {
      // Whatever ends this thread, no caller may keep waiting for it.
      isClosed.set(true);
      for (Call call = calls.poll(); call != null; call = calls.poll()) {
        call.fail(closed());
      }
    }
  }

  private void storeUntilEnd() throws InterruptedException {
    int before = 1;
    for (Call first = calls.take(); !first.isEnd(); first = calls.take()) {
      if (before > 1) {
        LockSupport.parkNanos(WAIT_FOR_OTHERS.toNanos());
      }
      List<Call> together = gather(first);
      before = together.size();
      if (!storeAll(inTime(together))) {
        failQueued();
      }
    }
  }

  private static List<Call> inTime(List<Call> together) {
    var inTime = new ArrayList<Call>();
    for (Call call : together) {
      if (call.hasWaitedTooLong()) {
        call.fail(new StoreUnavailableException("the database is too slow: nothing was stored"));
      } else {
        inTime.add(call);
      }
    }
    return inTime;
  }

  /// Fails the queued calls, because the database does not answer: each of them would find that out
  /// for itself, one after the other.
  private void failQueued() {
    var away = new StoreUnavailableException("the database does not answer: nothing was stored");
    for (Call call = next(); call != null; call = next()) {
      call.fail(away);
    }
  }

  /// Removes and returns the first call of the queue, except the one that ends the thread.
  private @Nullable Call next() {
    Call call = calls.peek();
    // While this is being closed, a caller may remove its call in between.
    while (call != null && !call.isEnd() && !calls.remove(call)) {
      call = calls.peek();
    }
    return call == null || call.isEnd() ? null : call;
  }

  private List<Call> gather(Call first) {
    var together = new ArrayList<>(List.of(first));
    int events = first.events().size();
    long characters = first.characters();
    while (events < ENOUGH_EVENTS && characters < ENOUGH_CHARACTERS) {
      Call call = next();
      if (call == null) {
        break;
      }
      together.add(call);
      events += call.events().size();
      characters += call.characters();
    }
    return together;
  }

  private boolean storeAll(List<Call> together) {
    return together.isEmpty() || storeAll(together, MOST_TRIES);
  }

  /// @return false when the database could not do it for any caller
  private boolean storeAll(List<Call> together, int tries) {
    try {
      List<NewEvent> events = together.stream().flatMap(call -> call.events().stream()).toList();
      complete(together, store.store(events));
      return true;
    } catch (PortException e) {
      return failed(together, tries, e);
    } catch (RuntimeException | Error e) {
      // Also errors: without this thread every caller would wait forever.
      together.forEach(call -> call.done().completeExceptionally(e));
      return true;
    }
  }

  private static void complete(List<Call> together, List<@Nullable Instant> stored) {
    int from = 0;
    for (Call call : together) {
      int to = from + call.events().size();
      call.done().complete(stored.subList(from, to));
      from = to;
    }
  }

  private boolean failed(List<Call> together, int tries, PortException failure) {
    Trouble trouble = store.troubleOf(failure);
    if (trouble == Trouble.CONFLICT && tries > 1) {
      return storeAll(together, tries - 1);
    }
    if (trouble == Trouble.DATA && together.size() > 1) {
      together.forEach(call -> storeAll(List.of(call)));
    } else {
      together.forEach(call -> call.fail(failure));
    }
    return trouble != Trouble.DATABASE;
  }

  private static StoreUnavailableException closed() {
    return new StoreUnavailableException("the storage is closed");
  }

  /// Stores queued events and ends the thread.
  @Override
  public void close() {
    calls.add(END);
    isClosed.set(true);
    try {
      thread.join(LONGEST_CLOSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

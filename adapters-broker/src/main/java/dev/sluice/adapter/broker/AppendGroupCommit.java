package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.Appends.Outcome;
import dev.sluice.adapter.broker.connection.RareWarning;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.StoreUnavailableException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/// Batches concurrent appends, so that callers share the round trips to Redis and RabbitMQ. A few
/// threads take turns: one batch fills up while another waits for RabbitMQ's disk.
final class AppendGroupCommit implements AutoCloseable {

  private static final int LANES = 3;
  private static final int ENOUGH_EVENTS = 256;
  private static final long ENOUGH_CHARACTERS = 4 << 20;

  /// Longer than all waits of one append together.
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  private static final System.Logger LOG = System.getLogger(AppendGroupCommit.class.getName());

  private final Appends appends;
  private final LinkedBlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private final RareWarning failing = new RareWarning();
  private final List<Thread> lanes;

  AppendGroupCommit(Appends appends, ThreadFactory threads) {
    this.appends = appends;
    this.lanes = IntStream.range(0, LANES).mapToObj(_ -> threads.newThread(this::loop)).toList();
    lanes.forEach(Thread::start);
  }

  private record Call(List<NewEvent> events, CompletableFuture<List<Outcome>> done) {

    long characters() {
      return events.stream().mapToLong(event -> event.event().length()).sum();
    }
  }

  /// Stores events, in one batch with those of other callers.
  ///
  /// @throws StoreUnavailableException when it is unknown what was stored
  List<Outcome> store(List<NewEvent> events) {
    var call = new Call(events, new CompletableFuture<>());
    calls.add(call);
    // Checked after the call was queued: either a thread takes it before it ends, or this is true.
    if (isClosed.get() && calls.remove(call)) {
      throw closed();
    }
    try {
      return call.done().orTimeout(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      calls.remove(call);
      if (e.getCause() instanceof TimeoutException) {
        throw new StoreUnavailableException("RabbitMQ and Redis did not answer in time", e);
      }
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
  }

  private void loop() {
    try {
      while (!isClosed.get()) {
        storeAll(gather(calls.take()));
      }
    } catch (InterruptedException e) {
      // Only close() interrupts.
    } finally {
      for (Call call = calls.poll(); call != null; call = calls.poll()) {
        call.done().completeExceptionally(closed());
      }
    }
  }

  private List<Call> gather(Call first) {
    var together = new ArrayList<>(List.of(first));
    int events = first.events().size();
    long characters = first.characters();
    while (events < ENOUGH_EVENTS && characters < ENOUGH_CHARACTERS) {
      Call call = calls.poll();
      if (call == null) {
        break;
      }
      together.add(call);
      events += call.events().size();
      characters += call.characters();
    }
    return together;
  }

  private void storeAll(List<Call> together) {
    try {
      List<Outcome> outcomes =
          appends.store(together.stream().flatMap(call -> call.events().stream()).toList());
      int from = 0;
      for (Call call : together) {
        int to = from + call.events().size();
        answer(call, outcomes.subList(from, to));
        from = to;
      }
    } catch (StoreUnavailableException e) {
      together.forEach(call -> call.done().completeExceptionally(e));
    } catch (RuntimeException | Error e) {
      // Errors too: without this thread every caller would wait forever.
      LOG.log(failing.level(Level.ERROR), "storing events failed", e);
      together.forEach(call -> call.done().completeExceptionally(e));
    }
  }

  /// Completes one call. An event whose outcome is unknown fails its own call, not the others.
  private static void answer(Call call, List<Outcome> outcomes) {
    if (outcomes.contains(Outcome.UNKNOWN)) {
      call.done()
          .completeExceptionally(new StoreUnavailableException("RabbitMQ did not confirm in time"));
    } else {
      call.done().complete(List.copyOf(outcomes));
    }
  }

  private static StoreUnavailableException closed() {
    return new StoreUnavailableException("the storage is closed");
  }

  /// Ends the threads and waits for them. Calls that are still queued fail.
  @Override
  public void close() {
    isClosed.set(true);
    lanes.forEach(Thread::interrupt);
    try {
      for (Thread lane : lanes) {
        lane.join(LONGEST_WAIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.sluice.adapter.http.route;

import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.Meters;
import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.ProblemException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// The clients that stream changes: limits their number, and ends their streams when the service
/// stops.
public final class StreamClients {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

  /// Time for clients that read to receive the end of their stream.
  private static final Duration TIME_TO_END = Duration.ofMillis(500);

  private static final Duration POLL = Duration.ofMillis(2);

  private final int most;
  private final Semaphore places;
  private final Set<Place> taken = ConcurrentHashMap.newKeySet();
  private final LongAdder skipped = new LongAdder();
  private volatile boolean isStopped;

  /// @param most most clients at once
  public StreamClients(int most) {
    this.most = most;
    this.places = new Semaphore(most);
  }

  public void register(Meters meters) {
    meters.gauge("sluice.stream.clients", "Clients that stream changes", Map.of(), this::count);
    meters.counter(
        "sluice.stream.changes.skipped",
        "Changes that were reported to clients only as skipped",
        skipped::sum);
  }

  int count() {
    return taken.size();
  }

  /// Counts changes that were not sent to a client.
  void skipped(long changes) {
    skipped.add(changes);
  }

  /// Admits a client, which the calling thread serves.
  ///
  /// @throws ProblemException when the limit is reached
  Place enter(Exchange exchange) {
    if (!places.tryAcquire()) {
      throw new ProblemException(
          Problem.later(
              ProblemCode.TOO_MANY_STREAMS,
              "Reconnect after Retry-After: this node's limit of " + most + " streams is reached.",
              RETRY_AFTER));
    }
    var place = new Place(exchange, Thread.currentThread());
    taken.add(place);
    return place;
  }

  /// A client's place, used by the thread that serves it.
  final class Place implements AutoCloseable {

    private final Exchange exchange;
    private final Thread thread;

    private Place(Exchange exchange, Thread thread) {
      this.exchange = exchange;
      this.thread = thread;
    }

    /// Waits for `time`, or until the service stops.
    ///
    /// @return whether the stream may continue
    boolean pause(Duration time) {
      if (mayGoOn()) {
        LockSupport.parkNanos(time.toNanos());
      }
      return mayGoOn();
    }

    /// Whether the stream may continue. Checks for interruption too, because an interrupted thread
    /// no longer waits.
    private boolean mayGoOn() {
      return !isStopped && !thread.isInterrupted();
    }

    @Override
    public void close() {
      taken.remove(this);
      places.release();
    }
  }

  /// Ends all streams, and closes the connections of clients that do not read.
  public void stop() {
    isStopped = true;
    taken.forEach(place -> LockSupport.unpark(place.thread));
    long end = System.nanoTime() + TIME_TO_END.toNanos();
    while (!taken.isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(POLL.toNanos());
    }
    taken.forEach(place -> place.exchange.cutOff());
  }
}

package dev.sluice.process;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/// Producers that post one event after the other, whatever happens to the service, and record the
/// responses. An event without a response is sent again with the same id.
///
/// They send as fast as possible until [#relax], which a test calls when the part under test is
/// over, so that it has a smaller backlog to wait for.
public final class Producers {

  private static final long PAUSE_NANOS = 20_000_000;

  private final URI address;
  private final History history;
  private final String name;
  private final UnaryOperator<String> eventOf;
  private final AtomicBoolean isEnough = new AtomicBoolean();
  private volatile boolean isRelaxed;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<?>> running = new ArrayList<>();

  /// @param name prefix of every id
  public Producers(URI address, History history, String name) {
    this(address, history, name, Producers::event);
  }

  /// @param name prefix of every id
  /// @param eventOf returns the event with an id, as JSON; called before each try to send it
  Producers(URI address, History history, String name, UnaryOperator<String> eventOf) {
    this.address = address;
    this.history = history;
    this.name = name;
    this.eventOf = eventOf;
  }

  private static String event(String id) {
    return "{\"event_id\":\"" + id + "\",\"payload\":{\"id\":\"" + id + "\"}}";
  }

  public Producers start(int count) {
    for (int number = 0; number < count; number++) {
      String prefix = name + "-" + number + "-";
      running.add(threads.submit(() -> produce(prefix)));
    }
    return this;
  }

  /// Makes each producer pause before each event.
  public void relax() {
    isRelaxed = true;
  }

  /// Ends the pauses of [#relax].
  void hurry() {
    isRelaxed = false;
  }

  /// Stops the producers; returns when the last event of each is acknowledged.
  public void finish() throws Exception {
    isEnough.set(true);
    for (Future<?> producer : running) {
      producer.get();
    }
    threads.close();
  }

  /// Finishes them one after the other.
  static void finishAll(List<Producers> all) throws Exception {
    for (Producers some : all) {
      some.finish();
    }
  }

  private void produce(String prefix) {
    for (int number = 0; !isEnough.get(); ) {
      try (var connection = new KeepAliveProducer(address)) {
        while (!isEnough.get()) {
          if (isRelaxed) {
            LockSupport.parkNanos(PAUSE_NANOS);
          }
          post(connection, prefix + number);
          number++;
        }
      } catch (IOException | AssertionError e) {
        // The service is down, or went down during a response.
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /// Sends the event until the response is not 503.
  private void post(KeepAliveProducer connection, String id) throws IOException {
    int status = 503;
    while (status == 503) {
      String event = eventOf.apply(id);
      history.sending(id);
      status = connection.post(event).status();
      history.answered(id, status);
      if (status == 503) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }
}

package dev.sluice.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.Eventually;
import dev.sluice.process.History.Fate;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Producers that send events while an admin changes the subscriptions, and the comparison of
/// everything afterwards.
final class RoutedLoad implements AutoCloseable {

  private static final Duration LONGEST_REST = Duration.ofSeconds(60);

  private final History history = new History();

  /// By event, the newest version that its node had reported before the event was sent first.
  private final Map<String, Long> floors = new ConcurrentHashMap<>();

  private final SubscriptionChanges changes;
  private final List<Producers> producers = new ArrayList<>();
  private final int events;
  private final int count;

  /// @param addresses of nodes; they may be replaced by others with the same addresses
  /// @param events how many are acknowledged before the load ends
  /// @param count how many changes of the set of subscriptions are made during that
  RoutedLoad(List<URI> addresses, int events, int count, long seed) {
    this.events = events;
    this.count = count;
    this.changes = new SubscriptionChanges(addresses, count, seed);
    for (int node = 0; node < addresses.size(); node++) {
      URI address = addresses.get(node);
      producers.add(
          new Producers(address, history, "n" + node, id -> event(id, changes.newestOf(address))));
    }
  }

  private String event(String id, long floor) {
    floors.putIfAbsent(id, floor);
    return SentEvents.json(id);
  }

  SubscriptionChanges changes() {
    return changes;
  }

  /// Starts as many producers at each node.
  void start(int producersEach) {
    producers.forEach(some -> some.start(producersEach));
  }

  /// Makes all changes, spread over the load, and returns when the load is over.
  Void run() throws Exception {
    for (int number = 0; number < count; number++) {
      awaitAcknowledged(number / (double) count);
      changes.make();
    }
    awaitAcknowledged(1);
    return null;
  }

  /// Waits until this part of the load is over.
  void awaitAcknowledged(double part) {
    long number = (long) (events * part);
    Eventually.holds(
        number + " events are acknowledged", () -> history.count(Fate.ACKNOWLEDGED) >= number);
  }

  /// Ends the load, waits until everything is processed, and compares.
  ///
  /// @param client of a node that runs
  RoutingVerdict judge(Client client, Path journal, String what) throws Exception {
    Producers.finishAll(producers);
    changes.resumeAll();
    Instant asked = Instant.now();
    Waiting.until("all is processed", LONGEST_REST, () -> client.hasNothingLeft(asked));
    RoutingVerdict verdict =
        RoutingVerdict.of(
            history,
            floors,
            changes.history(),
            AttemptJournal.read(journal),
            DeliveredEvent.all(client));
    System.out.println(
        what
            + ": "
            + history.count(Fate.ACKNOWLEDGED)
            + " acknowledged; "
            + changes.made()
            + "; "
            + verdict);
    assertThat(history.count(Fate.UNKNOWN)).isZero();
    assertThat(verdict.isClean()).as("%s", verdict).isTrue();
    assertThat(verdict.events()).isGreaterThanOrEqualTo(events);
    return verdict;
  }

  @Override
  public void close() {
    changes.close();
  }
}

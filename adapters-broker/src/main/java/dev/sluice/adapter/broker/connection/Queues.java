package dev.sluice.adapter.broker.connection;

import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// The names of the queues, such as `events.ingest`, or `staging.events.ingest` for an installation
/// with a prefix.
///
/// @param prefix of all names
/// @param delays the delays of the delay queues, shortest first
public record Queues(String prefix, List<Duration> delays) {

  /// How much later than a delay has ended RabbitMQ usually has passed on a message.
  private static final Duration PASSED_ON_WITHIN = Duration.ofMillis(75);

  private static final String EVENTS = "events";

  public Queues {
    delays = delays.stream().sorted(Comparator.naturalOrder()).toList();
  }

  /// Returns the names for an installation.
  ///
  /// @param installation its `BROKER_PREFIX`, empty for none
  public static Queues of(String installation, List<Duration> delays) {
    return new Queues(installation.isEmpty() ? EVENTS : installation + "." + EVENTS, delays);
  }

  /// Returns the queue of new events, to which other programs may publish.
  public String ingest() {
    return prefix + ".ingest";
  }

  /// Returns the queue of deliveries that waited and are due, or nearly; workers read it first.
  public String due() {
    return prefix + ".due";
  }

  /// Returns the queue of dead letters, and of messages that are not events.
  public String dead() {
    return prefix + ".dlq";
  }

  /// Returns the queue of a paused subscription.
  public String paused(SubscriptionName subscription) {
    return prefix + ".paused." + subscription.value();
  }

  /// Returns the queue that delays for one step.
  public String delay(Duration step) {
    return prefix + ".delay." + step.toMillis();
  }

  /// Returns all queues of unfinished deliveries.
  public List<String> work(List<SubscriptionName> subscriptions) {
    return Stream.of(
            Stream.of(ingest(), due()),
            delays.stream().map(this::delay),
            subscriptions.stream().map(this::paused))
        .flatMap(Function.identity())
        .toList();
  }

  /// Returns the delay for a delivery that is due after `wait`: the longest step that exceeds the
  /// wait by at most an eighth. What is left of the wait takes further steps. Empty when the wait
  /// is too short for any step; then the worker waits.
  public Optional<Duration> stepFor(Duration wait) {
    return longestWithin(wait.plus(wait.dividedBy(8)));
  }

  /// Returns the longest delay that ends well before `wait` does, for a delivery that must begin
  /// exactly when it is due; empty when the wait is too short for any step. The worker waits for
  /// the rest.
  public Optional<Duration> stepBefore(Duration wait) {
    return longestWithin(wait.minus(PASSED_ON_WITHIN));
  }

  private Optional<Duration> longestWithin(Duration wait) {
    return delays.reversed().stream().filter(step -> step.compareTo(wait) <= 0).findFirst();
  }
}

package dev.sluice.adapter.broker.connection;

import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// The names of the queues, such as `events.ingest`, or `staging.events.ingest` of an installation
/// with a prefix.
///
/// @param prefix of all of them
/// @param delays for how long queues delay what is in them, shortest first
public record Queues(String prefix, List<Duration> delays) {

  private static final String EVENTS = "events";

  public Queues {
    delays = delays.stream().sorted(Comparator.naturalOrder()).toList();
  }

  /// Those of an installation.
  ///
  /// @param installation its `BROKER_PREFIX`, empty for none
  public static Queues of(String installation, List<Duration> delays) {
    return new Queues(installation.isEmpty() ? EVENTS : installation + "." + EVENTS, delays);
  }

  /// What is to be begun: new events, and what other programs publish.
  public String ingest() {
    return prefix + ".ingest";
  }

  /// What waited for its time and is due, or nearly; workers look here first.
  public String due() {
    return prefix + ".due";
  }

  /// Dead letters, and messages that are none of ours to understand.
  public String dead() {
    return prefix + ".dlq";
  }

  /// What waits while its subscription is paused.
  public String paused(SubscriptionName subscription) {
    return prefix + ".paused." + subscription.value();
  }

  /// What waits for so long.
  public String delay(Duration step) {
    return prefix + ".delay." + step.toMillis();
  }

  /// All queues of deliveries that are not finished.
  public List<String> work(List<SubscriptionName> subscriptions) {
    return Stream.of(
            Stream.of(ingest(), due()),
            delays.stream().map(this::delay),
            subscriptions.stream().map(this::paused))
        .flatMap(Function.identity())
        .toList();
  }

  /// How long to delay what is due after the wait: by the step that is at most an eighth too long,
  /// else by the longest that is not, and what is left of the wait is waited for in the next one.
  /// Less than the shortest is waited for by the worker.
  public Optional<Duration> stepFor(Duration wait) {
    Duration longest = wait.plus(wait.dividedBy(8));
    return delays.reversed().stream().filter(step -> step.compareTo(longest) <= 0).findFirst();
  }
}

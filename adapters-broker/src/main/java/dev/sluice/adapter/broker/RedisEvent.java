package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.codec.AttemptCodec;
import dev.sluice.adapter.broker.codec.DeliveryStateCodec;
import dev.sluice.adapter.broker.codec.EventCodec;
import dev.sluice.adapter.broker.codec.FailureCauseCodec;
import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.DeliverySnapshot;
import dev.sluice.domain.delivery.EventRecord;
import dev.sluice.domain.delivery.EventRecord.History;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An event with its deliveries, as Redis has it.
///
/// @param sequence its sequence
/// @param event what its producer sent
/// @param fields its state, as `records.lua` writes it
record RedisEvent(long sequence, Event event, Map<String, String> fields) {

  /// Neither Redis nor the messages say which version of the subscriptions routed an event.
  private static final long UNKNOWN_VERSION = 0;

  /// Decodes an event; empty when Redis does not have it, or it is reserved and not yet published.
  static Optional<RedisEvent> of(Map<String, String> fields, @Nullable String body) {
    String sequence = fields.get("n");
    if (sequence == null || body == null || isPending(fields)) {
      return Optional.empty();
    }
    return Optional.of(new RedisEvent(Long.parseLong(sequence), EventCodec.decode(body), fields));
  }

  /// Returns whether the event is reserved and not yet published.
  private static boolean isPending(Map<String, String> fields) {
    return !fields.getOrDefault("p", "").isEmpty();
  }

  EventSummary summary() {
    var deliveries = new ArrayList<DeliverySnapshot>();
    for (SubscriptionName subscription : subscriptions()) {
      deliveries.add(
          new DeliverySnapshot(subscription, state(subscription).state(failure(subscription))));
    }
    return new EventSummary(event, deliveries);
  }

  EventRecord record() {
    return new EventRecord(
        summary(),
        subscriptions().stream()
            .map(subscription -> new History(subscription, attempts(subscription)))
            .toList(),
        UNKNOWN_VERSION);
  }

  /// Returns the subscriptions that have a delivery.
  List<SubscriptionName> subscriptions() {
    return Stream.of(fields.getOrDefault("subs", "").split(" "))
        .filter(name -> fields.containsKey("s:" + name))
        .map(SubscriptionName::new)
        .toList();
  }

  DeliveryStateCodec state(SubscriptionName subscription) {
    return DeliveryStateCodec.decode(fields.getOrDefault("s:" + subscription.value(), ""));
  }

  Optional<FailureCause> failure(SubscriptionName subscription) {
    return FailureCauseCodec.decode(fields.getOrDefault("c:" + subscription.value(), ""));
  }

  private List<Attempt> attempts(SubscriptionName subscription) {
    var attempts = new ArrayList<>(AttemptCodec.decode(history(subscription)));
    newestAttempt(subscription).ifPresent(attempts::add);
    return attempts.subList(Math.max(0, attempts.size() - History.MAX_ATTEMPTS), attempts.size());
  }

  /// Returns the ended attempt of a delivery with this number, if it is still stored.
  Optional<Attempt> attempt(SubscriptionName subscription, int number) {
    return fields.containsKey("s:" + subscription.value())
        ? attempts(subscription).stream()
            .filter(attempt -> attempt.number() == number)
            .filter(attempt -> !(attempt.end() instanceof Attempt.StillRunning))
            .findAny()
        : Optional.empty();
  }

  /// Returns the newest attempt of a delivery, if its state contains it.
  Optional<Attempt> newestAttempt(SubscriptionName subscription) {
    return state(subscription)
        .newestAttempt(failure(subscription))
        .map(attempt -> attempt.under(version(subscription, attempt.number())));
  }

  /// Returns the version of the subscription under which an attempt was made; 0 when Redis has that
  /// of another one, because the attempt was settled by a node of an earlier release.
  private long version(SubscriptionName subscription, int attempt) {
    String[] parts = fields.getOrDefault("v:" + subscription.value(), "").split(" ", 2);
    return parts[0].equals(Integer.toString(attempt)) ? Long.parseLong(parts[1]) : 0;
  }

  /// Returns the attempts before the newest one, as text.
  String history(SubscriptionName subscription) {
    return fields.getOrDefault("h:" + subscription.value(), "");
  }
}

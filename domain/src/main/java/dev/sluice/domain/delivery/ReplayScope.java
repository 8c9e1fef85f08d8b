package dev.sluice.domain.delivery;

import dev.sluice.domain.subscription.SubscriptionName;
import java.util.Set;
import java.util.stream.Collectors;

/// Which finished deliveries of an event to replay.
public sealed interface ReplayScope {

  /// The dead letters of the event: what succeeded must not be repeated by accident.
  ///
  /// @param subscriptions only the dead letters of these; empty for all
  record Failed(Set<SubscriptionName> subscriptions) implements ReplayScope {

    public Failed {
      subscriptions = Set.copyOf(subscriptions);
    }

    /// All dead letters of the event.
    public Failed() {
      this(Set.of());
    }
  }

  /// The finished deliveries for these subscriptions, whatever their status.
  ///
  /// @param subscriptions at least one
  record Named(Set<SubscriptionName> subscriptions) implements ReplayScope {

    /// @throws IllegalArgumentException when no subscription is named
    public Named {
      if (subscriptions.isEmpty()) {
        throw new IllegalArgumentException("a scope must name at least one subscription");
      }
      subscriptions = Set.copyOf(subscriptions);
    }
  }

  /// Every finished delivery of the event.
  record All() implements ReplayScope {}

  /// Returns whether the delivery is finished and belongs to the scope.
  default boolean includes(DeliverySnapshot delivery) {
    return delivery.state() instanceof DeliveryState.Finished finished
        && switch (this) {
          case Failed(Set<SubscriptionName> names) ->
              finished instanceof DeliveryState.Failed
                  && (names.isEmpty() || names.contains(delivery.subscription()));
          case Named(Set<SubscriptionName> names) -> names.contains(delivery.subscription());
          case All() -> true;
        };
  }

  /// Returns the named subscriptions; empty when the scope does not name any.
  default Set<SubscriptionName> names() {
    return switch (this) {
      case Failed(Set<SubscriptionName> names) -> names;
      case Named(Set<SubscriptionName> names) -> names;
      case All() -> Set.of();
    };
  }

  /// Returns the scope as readable text.
  default String describe() {
    return switch (this) {
      case Failed(Set<SubscriptionName> names) -> "failed deliveries" + forEach(names);
      case Named(Set<SubscriptionName> names) -> "deliveries" + forEach(names);
      case All() -> "all finished deliveries";
    };
  }

  private static String forEach(Set<SubscriptionName> names) {
    return names.isEmpty()
        ? ""
        : names.stream()
            .map(SubscriptionName::value)
            .sorted()
            .collect(Collectors.joining(", ", " for ", ""));
  }
}

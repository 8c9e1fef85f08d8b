package dev.sluice.domain.subscription;

import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.TextRule;
import java.util.List;
import java.util.Optional;

/// What an operator writes down about a subscription: which events, where to, and how.
///
/// @param description for people to read; may be empty
/// @param types an event belongs to the subscription when at least one of these matches its type, 1
///   to [#MAX_TYPES]
/// @param filter a further condition on the event; without it, the type alone decides
/// @param destination where the deliveries go
/// @param policy how they are processed
public record SubscriptionDefinition(
    String description,
    List<TypePattern> types,
    Optional<EventPattern> filter,
    Destination destination,
    DeliveryPolicy policy) {

  public static final int MAX_TYPES = 100;

  /// Longer descriptions are rejected.
  public static final int MAX_DESCRIPTION_LENGTH = 500;

  private static final TextRule DESCRIPTION = new TextRule(MAX_DESCRIPTION_LENGTH);

  /// @throws IllegalArgumentException when there is no type or too many, or the description breaks
  ///   its rule
  public SubscriptionDefinition {
    types = List.copyOf(types);
    if (types.isEmpty() || types.size() > MAX_TYPES) {
      throw new IllegalArgumentException(
          "a subscription needs 1 to " + MAX_TYPES + " types, but has " + types.size());
    }
    if (!description.isEmpty()) {
      DESCRIPTION.require("description", description);
    }
  }

  /// Returns why `description` cannot be one; empty when it can.
  public static Optional<String> problemWith(String description) {
    return description.isEmpty() ? Optional.empty() : DESCRIPTION.problemWith(description);
  }

  /// Creates a definition of all events of these types, without description, filter and limits.
  public static SubscriptionDefinition of(List<TypePattern> types, Destination destination) {
    return new SubscriptionDefinition(
        "", types, Optional.empty(), destination, DeliveryPolicy.DEFAULT);
  }

  /// Returns the same with another destination.
  public SubscriptionDefinition with(Destination other) {
    return new SubscriptionDefinition(description, types, filter, other, policy);
  }

  /// Returns whether one of the types matches.
  public boolean wants(EventType type) {
    for (TypePattern pattern : types) {
      if (pattern.matches(type)) {
        return true;
      }
    }
    return false;
  }
}

package dev.sluice.application.routing;

import dev.sluice.domain.filter.Mismatch;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.TypePattern;
import java.util.List;

/// Whether an event goes to a subscription, and why not.
public sealed interface MatchExplanation {

  /// The event goes to the subscription.
  record Matches() implements MatchExplanation {}

  /// The subscription takes no events.
  record TakesNoEvents(Lifecycle lifecycle) implements MatchExplanation {}

  /// None of the types of the subscription matches the type of the event.
  record OtherType(List<TypePattern> types) implements MatchExplanation {
    public OtherType {
      types = List.copyOf(types);
    }
  }

  /// The filter is not understood.
  record FilterNotUnderstood(String reason) implements MatchExplanation {}

  /// The filter does not match.
  record FilterDoesNotMatch(Mismatch mismatch) implements MatchExplanation {}
}

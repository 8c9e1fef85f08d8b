package dev.sluice.format.subscription;

import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.format.FieldProblem;
import java.util.List;

/// The result of reading the definition of a subscription.
public sealed interface ReadSubscription {

  /// The definition is valid, except perhaps for the grammar of its filter.
  record Valid(SubscriptionDefinition definition) implements ReadSubscription {}

  /// The definition is invalid.
  ///
  /// @param problems all its problems, or the first twenty
  record Invalid(List<FieldProblem> problems) implements ReadSubscription {

    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}

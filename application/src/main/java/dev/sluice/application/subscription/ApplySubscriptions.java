package dev.sluice.application.subscription;

import dev.sluice.application.subscription.ManageSubscriptions.Deliveries;
import dev.sluice.domain.destination.DestinationPreparation;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.subscription.DeclaredSubscription;
import dev.sluice.domain.subscription.SubscriptionChangeResult;
import java.time.InstantSource;
import java.util.List;

/// Makes the stored subscriptions those that a file declares: all changes at once, or none. What
/// was made through the API and is not declared stays as it is.
///
/// Made for one file: each receiver is asked once, however often the file is compared with what is
/// stored. Not thread-safe.
///
/// Every method may throw [dev.sluice.domain.port.StoreUnavailableException]; then it is unknown
/// whether the changes were stored. Repeating is safe: what is stored as declared is not changed.
public final class ApplySubscriptions {

  /// A conflict means that another caller's change was stored. This many in a row mean that changes
  /// never stop.
  private static final int MAX_TRIES = 20;

  private final SubscriptionStore store;
  private final DestinationPreparation destinations;
  private final InstantSource clock;

  public ApplySubscriptions(
      SubscriptionStore store, DestinationPreparation destinations, InstantSource clock) {
    this.store = store;
    this.destinations = new PreparedOnce(destinations);
    this.clock = clock;
  }

  /// How to apply.
  ///
  /// @param takesOver whether the file also gets declared subscriptions that were made through the
  ///   API
  /// @param deliveries what becomes of the unfinished deliveries of those that are deleted
  public record Options(boolean takesOver, Deliveries deliveries) {

    /// Takes nothing over, and lets deliveries finish.
    public static final Options DEFAULT = new Options(false, Deliveries.FINISH);
  }

  /// The result of applying.
  public sealed interface Result {

    /// The declared subscriptions are stored, except for those that are still being cancelled, or
    /// whose receivers did not respond.
    ///
    /// @param plan what was changed
    record Applied(SubscriptionPlan plan) implements Result {}

    /// Nothing was changed: some were made through the API.
    ///
    /// @param plan names them
    record Refused(SubscriptionPlan plan) implements Result {}

    /// Nothing was changed: there would be more than [SubscriptionStore#MAX_SUBSCRIPTIONS].
    record Full() implements Result {}

    /// Nothing was changed: the subscriptions were changed by others all the time, or a stored one
    /// is not understood by this version of Sluice.
    record Conflict(SubscriptionChangeResult.Conflict conflict) implements Result {}
  }

  /// Returns what [#apply] would change now.
  ///
  /// @param declared each name once
  /// @throws UnusableSubscriptionException when one cannot be stored
  public SubscriptionPlan plan(List<DeclaredSubscription> declared, Options options) {
    return new SubscriptionPlanner(
            options, store.all().subscriptions(), destinations, store.canOrder())
        .plan(declared);
  }

  /// Stores the declared subscriptions.
  ///
  /// @param declared each name once
  /// @param by who does it
  /// @throws UnusableSubscriptionException when one cannot be stored
  public Result apply(List<DeclaredSubscription> declared, Options options, String by) {
    int tries = 0;
    while (true) {
      SubscriptionPlan plan = plan(declared, options);
      if (!plan.madeByApi().isEmpty()) {
        return new Result.Refused(plan);
      }
      if (plan.isEmpty()) {
        return new Result.Applied(plan);
      }
      tries++;
      switch (store.change(plan.changes(), by, clock.instant())) {
        case SubscriptionChangeResult.Stored _ -> {
          return new Result.Applied(plan);
        }
        case SubscriptionChangeResult.Full() -> {
          return new Result.Full();
        }
        case SubscriptionChangeResult.Conflict conflict -> {
          // Another node applies the same file, or an operator edits a subscription.
          if (tries == MAX_TRIES) {
            return new Result.Conflict(conflict);
          }
        }
      }
    }
  }
}

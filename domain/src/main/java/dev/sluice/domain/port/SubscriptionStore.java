package dev.sluice.domain.port;

import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionChangeResult;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.SubscriptionSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Stores the subscriptions with their earlier versions. A durable storage keeps them across
/// restarts.
///
/// Every method may throw [StoreUnavailableException]; then the outcome is unknown.
public interface SubscriptionStore {

  /// Maximum number of subscriptions that are not deleted.
  int MAX_SUBSCRIPTIONS = 20_000;

  /// Maximum number of kept versions of one subscription; the oldest are deleted to make room.
  int MAX_VERSIONS = 100;

  /// Returns whether subscriptions with an ordering may be stored: the storage that they belong to
  /// has lanes.
  boolean canOrder();

  /// Returns the version of the set. Costs the same however many subscriptions there are: nodes
  /// call it several times a second.
  long version();

  /// Returns all subscriptions that are not deleted, as of one moment. Without those that a newer
  /// version of Sluice wrote and this one does not understand.
  SubscriptionSet all();

  /// Returns the current versions of those subscriptions, deleted ones included, that changed after
  /// the given version of the set. Reads only those.
  ///
  /// @param version a version that the caller knows; if the set has an earlier one, because the
  ///   storage lost changes, the result is empty: load [#all] instead
  /// @param limit if more changed, the result is empty as well
  Optional<Changes> changedSince(long version, int limit);

  /// Stores new versions, all or none. Of any number of concurrent callers that expect the same
  /// version of a subscription, one succeeds. When this returns [SubscriptionChangeResult.Stored],
  /// the changes are as durable as events are.
  ///
  /// @param changes at least one; each subscription at most once
  /// @param by who changes them
  /// @param at when
  SubscriptionChangeResult change(List<SubscriptionChange> changes, String by, Instant at);

  /// Returns the kept versions of a subscription, newest first, including that which deleted it.
  ///
  /// @param limit maximum number of versions
  List<Subscription> versions(SubscriptionName name, int limit);

  /// What changed after a version of the set.
  ///
  /// @param version the version of the set that includes the changes
  /// @param subscriptions in any order
  record Changes(long version, List<Subscription> subscriptions) {

    public Changes {
      subscriptions = List.copyOf(subscriptions);
    }
  }
}

package dev.sluice.application.subscription;

import dev.sluice.domain.secret.Secret;
import dev.sluice.domain.subscription.Subscription;
import java.util.Optional;

/// The result of editing a subscription.
public sealed interface SubscriptionEdit {

  /// The edit is in force: on this node at once, on others within two seconds.
  ///
  /// @param subscription the new version
  /// @param isNew whether no subscription of this name existed before
  /// @param created the signing secret that was made, which is shown once; empty when none was made
  record Done(Subscription subscription, boolean isNew, Optional<Secret.Plain> created)
      implements SubscriptionEdit {}

  /// The destination cannot be stored; nothing was changed.
  ///
  /// @param pointer the member at fault, as a JSON pointer from the destination
  /// @param detail what is wrong with it
  record Refused(String pointer, String detail) implements SubscriptionEdit {}

  /// The definition has an ordering, which the storage does not offer; nothing was changed.
  record CannotBeOrdered() implements SubscriptionEdit {}

  /// What is asked for is stored; no new version was made.
  record Unchanged(Subscription subscription) implements SubscriptionEdit {}

  /// There is no such subscription; nothing was changed.
  record NotFound() implements SubscriptionEdit {}

  /// Another version is stored than the caller expected; nothing was changed.
  ///
  /// @param actual what is stored; empty when there is none
  record Conflict(Optional<Subscription> actual) implements SubscriptionEdit {}

  /// A file declares the subscription, so it is changed only there; nothing was changed.
  record ManagedByFile(Subscription subscription) implements SubscriptionEdit {}

  /// The built-in subscription cannot be edited or deleted: it ends when the first one is created.
  /// Nothing was changed.
  record BuiltIn() implements SubscriptionEdit {}

  /// The subscription was deleted and has not ended yet; nothing was changed.
  record BeingDeleted(Subscription subscription) implements SubscriptionEdit {}

  /// It has unfinished deliveries, and the caller did not say what becomes of them; nothing was
  /// changed.
  ///
  /// @param deliveries how many, counted up to [ManageSubscriptions#MAX_COUNTED]
  record HasDeliveries(int deliveries) implements SubscriptionEdit {}

  /// The maximum number of subscriptions is stored; nothing was changed.
  record Full() implements SubscriptionEdit {}
}

package dev.sluice.adapter.http.subscription;

import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.Problems;
import dev.sluice.application.subscription.ManageSubscriptions;
import dev.sluice.application.subscription.SubscriptionEdit;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.subscription.Subscription;

/// The problems that keep a subscription from being edited.
final class EditProblems {

  private EditProblems() {}

  static Problem notFound(String name) {
    return Problems.notFound(
        "There is no subscription named "
            + Problems.shorten(name)
            + "; list the subscriptions with GET /subscriptions.");
  }

  static Problem conflict(SubscriptionEdit.Conflict conflict) {
    String now =
        conflict
            .actual()
            .map(actual -> "it is at version " + actual.version() + " by " + actual.changedBy())
            .orElse("it does not exist");
    return Problem.of(
        ProblemCode.PRECONDITION_FAILED,
        "Get the subscription again and repeat the change on it: "
            + now
            + ". Nothing was changed.");
  }

  static Problem managedByFile(Subscription subscription) {
    return Problem.of(
        ProblemCode.MANAGED_BY_FILE,
        "Change the file that declares the subscription "
            + subscription.name()
            + ", and apply it with `sluice subscriptions apply`. Nothing was changed.");
  }

  static Problem builtIn() {
    return Problem.of(
        ProblemCode.STATE_CONFLICT,
        "Create another subscription instead: the built-in one cannot be edited or deleted, and is"
            + " no longer used once there is another.");
  }

  static Problem beingDeleted(Subscription subscription) {
    return Problem.of(
        ProblemCode.STATE_CONFLICT,
        "Wait until the subscription "
            + subscription.name()
            + " is deleted, or use another name: its deliveries are being cancelled.");
  }

  static Problem hasDeliveries(SubscriptionEdit.HasDeliveries has) {
    String count =
        has.deliveries() == ManageSubscriptions.MAX_COUNTED
            ? has.deliveries() + " or more"
            : Integer.toString(has.deliveries());
    return Problem.of(
            ProblemCode.HAS_DELIVERIES,
            "Add ?deliveries=cancel or ?deliveries=finish: the subscription has unfinished"
                + " deliveries ("
                + count
                + "). Nothing was changed.")
        .with("deliveries", Integer.toString(has.deliveries()));
  }

  static Problem full() {
    return Problem.of(
        ProblemCode.TOO_MANY_SUBSCRIPTIONS,
        "Delete a subscription first: there are "
            + SubscriptionStore.MAX_SUBSCRIPTIONS
            + ", which is the limit. Nothing was changed.");
  }
}

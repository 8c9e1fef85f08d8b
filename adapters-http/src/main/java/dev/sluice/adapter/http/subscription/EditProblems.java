package dev.sluice.adapter.http.subscription;

import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.Problems;
import dev.sluice.application.subscription.ManageSubscriptions;
import dev.sluice.application.subscription.SubscriptionEdit;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.format.FieldProblem;
import java.util.List;

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
        "Get the current version and reapply the change: " + now + ". Nothing was changed.");
  }

  /// @param destination where the destination is in the request, as a JSON pointer
  static Problem refused(String destination, SubscriptionEdit.Refused refused) {
    return Problem.of(
        ProblemCode.INVALID_SUBSCRIPTION,
        "Fix the fields listed in \"errors\" and resend. Nothing was changed.",
        List.of(new FieldProblem(destination + refused.pointer(), refused.detail())));
  }

  static Problem cannotBeOrdered() {
    return Problem.of(
        ProblemCode.INVALID_SUBSCRIPTION,
        "Remove \"ordering\", or use STORAGE=sqlite, postgres or memory. Nothing was changed.",
        List.of(
            new FieldProblem(
                "/ordering",
                "is not supported with STORAGE=broker: a queue with several consumers keeps no"
                    + " order")));
  }

  /// A secret was not rotated: the given one is unusable, or the subscription signs nothing.
  static Problem notRotated(SubscriptionName name, SubscriptionEdit.Refused refused) {
    return refused.pointer().equals("/secret")
        ? refused("", refused)
        : Problem.of(
            ProblemCode.STATE_CONFLICT,
            "Only webhooks have a signing secret, and the destination of "
                + name
                + " is not a webhook. Nothing was changed.");
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
        "Create a subscription with this name or another with PUT instead: the built-in one cannot"
            + " be changed or deleted, and gets no events once another is stored. Nothing was"
            + " changed.");
  }

  static Problem beingDeleted(Subscription subscription) {
    String detail =
        subscription.lifecycle() == Lifecycle.CANCELLING
            ? "Wait until the subscription "
                + subscription.name()
                + " is deleted, or use another name: its deliveries are being cancelled."
            : "Create the subscription "
                + subscription.name()
                + " again with PUT: it was deleted, and its deliveries are being finished.";
    return Problem.of(ProblemCode.STATE_CONFLICT, detail + " Nothing was changed.");
  }

  static Problem takesNoEvents(Subscription subscription) {
    return Problem.of(
        ProblemCode.STATE_CONFLICT,
        "Name a subscription that gets events: "
            + subscription.name()
            + " gets none any more. Nothing was planned.");
  }

  static Problem invalidName() {
    return Problem.of(
        ProblemCode.INVALID_SUBSCRIPTION,
        "Choose a name of 1 to 64 characters from a-z, 0-9, '-', '_' and '.'. Nothing was"
            + " changed.");
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
        .with("deliveries", has.deliveries());
  }

  static Problem full() {
    return Problem.of(
        ProblemCode.TOO_MANY_SUBSCRIPTIONS,
        "Delete a subscription first: there are "
            + SubscriptionStore.MAX_SUBSCRIPTIONS
            + ", which is the limit. Nothing was changed.");
  }
}

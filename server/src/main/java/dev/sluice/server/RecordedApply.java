package dev.sluice.server;

import dev.sluice.application.activity.Activity;
import dev.sluice.application.subscription.ApplySubscriptions;
import dev.sluice.application.subscription.ApplySubscriptions.Options;
import dev.sluice.application.subscription.ApplySubscriptions.Result;
import dev.sluice.application.subscription.SubscriptionPlan;
import dev.sluice.application.subscription.SubscriptionPlan.Action;
import dev.sluice.domain.port.ActivityEntry.Actor;
import dev.sluice.domain.port.ActivityEntry.Operation;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.subscription.DeclaredSubscription;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/// Applies a file that declares subscriptions, and records in the activity log what that changed.
///
/// @param file the file
/// @param declared what it declares
/// @param options how to apply it
/// @param actor who does it
record RecordedApply(Path file, List<DeclaredSubscription> declared, Options options, Actor actor) {

  private static final String ACTION = "subscriptions.apply";

  /// Applies the file. What changes nothing is not recorded.
  ///
  /// @throws dev.sluice.application.subscription.UnusableSubscriptionException when a destination
  ///   cannot be stored
  Result on(ApplySubscriptions apply, Activity activity) {
    SubscriptionPlan plan = apply.plan(declared, options);
    if (!plan.madeByApi().isEmpty()) {
      return new Result.Refused(plan);
    }
    if (plan.isEmpty()) {
      return new Result.Applied(plan);
    }
    String request = UUID.randomUUID().toString();
    activity.announce(actor, ACTION, file.toString(), request);
    Result result = apply.apply(declared, options, actor.name());
    activity.record(
        actor, new Operation(ACTION, file.toString(), detail(result), describe(result), request));
    return result;
  }

  private static String detail(Result result) {
    return result instanceof Result.Applied(SubscriptionPlan plan)
        ? plan.steps().stream()
            .map(step -> step.action().text() + " " + step.change().name())
            .collect(Collectors.joining(", "))
        : "";
  }

  private String describe(Result result) {
    return result instanceof Result.Applied ? "done" : "refused: " + refusal(result);
  }

  /// Says why nothing was changed, and what to do.
  String refusal(Result result) {
    return switch (result) {
      case Result.Applied _ -> throw new IllegalArgumentException("it was applied");
      case Result.Refused(SubscriptionPlan plan) ->
          file
              + " declares subscriptions that were made through the API: "
              + names(plan.madeByApi())
              + ". Take them over with ./sluice subscriptions apply --take-over, or remove them"
              + " from the file. Nothing was changed";
      case Result.Full() ->
          "there would be more than "
              + SubscriptionStore.MAX_SUBSCRIPTIONS
              + " subscriptions, the maximum. Nothing was changed";
      case Result.Conflict(var conflict) ->
          "the subscription "
              + conflict.name()
              + " keeps being changed by others, or was stored by a newer version of Sluice: retry,"
              + " or upgrade this one. Nothing was changed";
    };
  }

  /// Says how many subscriptions a plan changes.
  static String counts(SubscriptionPlan plan) {
    return "%d created, %d updated, %d taken over, %d deleted, %d unchanged"
        .formatted(
            plan.count(Action.CREATE),
            plan.count(Action.UPDATE),
            plan.count(Action.TAKE_OVER),
            plan.count(Action.DELETE),
            plan.unchanged());
  }

  /// Lists names, the first ones of many.
  static String names(List<?> names) {
    int shown = Math.min(names.size(), 20);
    List<String> texts =
        new ArrayList<>(names.subList(0, shown).stream().map(String::valueOf).toList());
    if (shown < names.size()) {
      texts.add((names.size() - shown) + " more");
    }
    return String.join(", ", texts);
  }
}

package dev.sluice.application.subscription;

import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.List;

/// What has to change so that the stored subscriptions are those that a file declares.
///
/// @param steps in the order of the file, then the deleted ones in the order of their names
/// @param unchanged how many are stored as declared
/// @param madeByApi declared subscriptions that were made through the API, and are not to be taken
///   over; with any of these, nothing may be changed
/// @param beingCancelled declared subscriptions that were deleted before, and whose deliveries are
///   still being cancelled; they can be created when that is over
/// @param unanswered declared subscriptions whose receivers must be asked and did not respond; they
///   stay as they are stored, or missing, until the file is applied again
public record SubscriptionPlan(
    List<Step> steps,
    int unchanged,
    List<SubscriptionName> madeByApi,
    List<SubscriptionName> beingCancelled,
    List<Unanswered> unanswered) {

  public SubscriptionPlan {
    steps = List.copyOf(steps);
    madeByApi = List.copyOf(madeByApi);
    beingCancelled = List.copyOf(beingCancelled);
    unanswered = List.copyOf(unanswered);
  }

  /// A declared subscription whose receiver did not respond.
  ///
  /// @param reason a sentence
  public record Unanswered(SubscriptionName name, String reason) {}

  /// What happens to a subscription.
  public enum Action {
    CREATE("create"),
    UPDATE("update"),
    TAKE_OVER("take over"),
    DELETE("delete");

    private final String text;

    Action(String text) {
      this.text = text;
    }

    /// Returns the verb for people to read.
    public String text() {
      return text;
    }
  }

  /// One change.
  public record Step(Action action, SubscriptionChange change) {}

  /// Returns whether everything is stored as declared.
  public boolean isEmpty() {
    return steps.isEmpty();
  }

  /// Returns how many steps have this action.
  public long count(Action action) {
    return steps.stream().filter(step -> step.action() == action).count();
  }

  List<SubscriptionChange> changes() {
    return steps.stream().map(Step::change).toList();
  }
}

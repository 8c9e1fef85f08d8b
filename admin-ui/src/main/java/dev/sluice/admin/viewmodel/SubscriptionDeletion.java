package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.Fault;
import dev.sluice.admin.api.Problem;
import dev.sluice.admin.api.StoredSubscription;
import dev.sluice.admin.api.Subscription;
import dev.sluice.admin.api.SubscriptionRequests.Deliveries;
import dev.sluice.admin.model.Texts;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Model of the deletion of a subscription: the question, what becomes of its deliveries, and the
/// result.
public final class SubscriptionDeletion {

  private final Session session;
  private final StoredSubscription version;
  private final Consumer<Subscription> deleted;
  private final ReadOnlyObjectWrapper<Stage> stage =
      new ReadOnlyObjectWrapper<>(new Stage.Asking());

  /// The stage of the deletion.
  public sealed interface Stage {

    /// The user has not decided.
    record Asking() implements Stage {}

    /// The request is in progress.
    record Deleting() implements Stage {}

    /// There are unfinished deliveries, and the user has not decided what becomes of them.
    ///
    /// @param count their number, for the user
    record HasDeliveries(String count) implements Stage {}

    /// Nothing was deleted, as far as the console knows.
    record Failed(String why) implements Stage {}

    /// The subscription gets no events any more.
    record Over() implements Stage {}
  }

  /// @param deleted receives the subscription as it is after the deletion
  SubscriptionDeletion(
      Session session, StoredSubscription version, Consumer<Subscription> deleted) {
    this.session = session;
    this.version = version;
    this.deleted = deleted;
  }

  public String name() {
    return version.subscription().name();
  }

  /// Returns the stage of the deletion.
  public ReadOnlyObjectProperty<Stage> stage() {
    return stage.getReadOnlyProperty();
  }

  /// Deletes the subscription.
  ///
  /// @param deliveries what becomes of its unfinished deliveries; empty to delete it only if it has
  ///   none
  public void delete(Optional<Deliveries> deliveries) {
    if (stage.get() instanceof Stage.Deleting || stage.get() instanceof Stage.Over) {
      return;
    }
    stage.set(new Stage.Deleting());
    session.ask(
        () -> session.client().subscriptions().delete(version, deliveries),
        after -> {
          stage.set(new Stage.Over());
          deleted.accept(after.subscription());
        },
        fault -> stage.set(after(fault)));
  }

  private Stage after(Fault fault) {
    if (fault instanceof Fault.Refused(Problem problem)
        && problem.code().equals("has_deliveries")) {
      return new Stage.HasDeliveries(count(problem));
    }
    return new Stage.Failed(
        fault.isOutdated()
            ? "someone else changed " + name() + " meanwhile; look at it again before you delete it"
            : fault.sentence());
  }

  private static String count(Problem problem) {
    Long deliveries = problem.deliveries();
    String count = deliveries == null ? "some" : Texts.count(deliveries);
    // The service counts up to a limit.
    return problem.detail().contains("or more") ? count + " or more" : count;
  }
}

package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.BulkPlan;
import dev.sluice.admin.api.Filter;
import dev.sluice.admin.api.SluiceClient;
import dev.sluice.admin.model.EventAction;
import dev.sluice.admin.model.Texts;
import java.time.Instant;
import java.util.Optional;

/// What a bulk job does: how it is planned, and its words in the dialog.
public sealed interface BulkTask {

  /// Returns the label for buttons.
  String title();

  /// Returns a description of what the task is about, to follow the title.
  String scope();

  /// Returns the past participle for reports.
  String done();

  /// Returns how many events match and how many of them the job changes.
  String counts(BulkPlan plan);

  /// Returns why a plan that changes no event cannot be started.
  String nothingToDo();

  /// Whether the task takes something away.
  boolean isDestructive();

  /// Has the service make a plan.
  BulkPlan plan(SluiceClient client);

  /// An operator action on all events that match a filter.
  ///
  /// @param scope description of the filter
  record OnEvents(EventAction action, Filter filter, String scope) implements BulkTask {

    @Override
    public String title() {
      return action.title();
    }

    @Override
    public String done() {
      return action.done();
    }

    @Override
    public String counts(BulkPlan plan) {
      long others = plan.count() - plan.qualifying();
      return Texts.count(plan.count())
          + " match, "
          + Texts.count(plan.qualifying())
          + " can be "
          + done()
          + (others > 0 ? ", " + Texts.count(others) + " cannot" : "")
          + ".";
    }

    @Override
    public String nothingToDo() {
      return "none of these events can be " + done();
    }

    @Override
    public boolean isDestructive() {
      return action != EventAction.REPLAY;
    }

    @Override
    public BulkPlan plan(SluiceClient client) {
      return client.plan(action.wireName(), filter);
    }
  }

  /// Deliveries in one subscription for stored events that have none in it.
  ///
  /// @param since earliest time at which the events occurred
  /// @param until latest time at which they occurred
  /// @param filter further filter as JSON
  record Backfill(
      String subscription,
      Optional<Instant> since,
      Optional<Instant> until,
      Optional<String> filter)
      implements BulkTask {

    @Override
    public String title() {
      return "Back-fill";
    }

    @Override
    public String scope() {
      String all = since.isEmpty() && until.isEmpty() ? " with all stored events" : " with events";
      return subscription
          + all
          + since.map(time -> " since " + time).orElse("")
          + until.map(time -> " until " + time).orElse("")
          + filter.map(_ -> " that match the filter").orElse("");
    }

    @Override
    public String done() {
      return "back-filled";
    }

    @Override
    public String counts(BulkPlan plan) {
      long others = plan.count() - plan.qualifying();
      return Texts.count(plan.count())
          + " match, "
          + Texts.count(plan.qualifying())
          + " lack a delivery and get one"
          + (others > 0 ? ", " + Texts.count(others) + " have one" : "")
          + ".";
    }

    @Override
    public String nothingToDo() {
      return "none of these events lacks a delivery in " + subscription;
    }

    @Override
    public boolean isDestructive() {
      return false;
    }

    @Override
    public BulkPlan plan(SluiceClient client) {
      return client.subscriptions().planBackfill(subscription, since, until, filter);
    }
  }
}

package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.DraftField;
import dev.sluice.admin.api.Fault;
import dev.sluice.admin.api.Problem;
import dev.sluice.admin.api.StoredSubscription;
import dev.sluice.admin.api.Subscription;
import dev.sluice.admin.api.SubscriptionDraft;
import dev.sluice.admin.api.SubscriptionRequests;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// Model of the form that creates or changes a subscription.
///
/// A change names the version that it replaces. If another user was faster, the newer version can
/// be loaded: it fills the fields that this user left alone; the others keep what was typed.
public final class SubscriptionForm {

  private final Session session;
  private final Optional<String> edited;
  private final BiConsumer<SubscriptionForm, Subscription> saved;
  private final Map<DraftField, FormField> fields = new EnumMap<>(DraftField.class);
  private final SampleModel sample;
  private final ReadOnlyObjectWrapper<Stage> stage =
      new ReadOnlyObjectWrapper<>(new Stage.Loading());
  private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
  private Optional<StoredSubscription> before = Optional.empty();
  private SubscriptionDraft begun = SubscriptionDraft.NEW;

  /// The stage of the form.
  public sealed interface Stage {

    /// The subscription is being read.
    record Loading() implements Stage {}

    /// The subscription could not be read.
    record Failed(Fault fault) implements Stage {}

    /// The user types.
    record Editing() implements Stage {}

    /// The request is in progress.
    record Saving() implements Stage {}

    /// Another user changed the subscription; nothing was saved.
    record Outdated() implements Stage {}
  }

  /// @param edited name of the subscription to change; empty for a new one
  /// @param saved receives this form and the stored subscription
  SubscriptionForm(
      Session session, Optional<String> edited, BiConsumer<SubscriptionForm, Subscription> saved) {
    this.session = session;
    this.edited = edited;
    this.saved = saved;
    for (DraftField field : DraftField.values()) {
      fields.put(field, new FormField(begun.text(field)));
    }
    this.sample =
        new SampleModel(session, new SampleModel.Source(this::draft, this::version), fields);
    edited.ifPresentOrElse(this::load, this::edit);
  }

  private void edit() {
    stage.set(new Stage.Editing());
    sample.begin();
  }

  private SubscriptionRequests requests() {
    return session.client().subscriptions();
  }

  private void load(String name) {
    stage.set(new Stage.Loading());
    session.ask(
        () -> requests().forChange(name),
        found -> {
          begun = SubscriptionDraft.of(found.subscription());
          before = Optional.of(found);
          fields.forEach((field, value) -> value.text().set(begun.text(field)));
          if (found.subscription().state().equals("finishing")) {
            note.set("this subscription is being deleted; saving restores it");
          }
          edit();
        },
        fault -> stage.set(new Stage.Failed(fault)));
  }

  /// Reads the subscription again after it could not be read.
  public void loadAgain() {
    if (stage.get() instanceof Stage.Failed) {
      edited.ifPresent(this::load);
    }
  }

  /// Returns the name of the subscription that is changed; empty for a new one.
  public Optional<String> edited() {
    return edited;
  }

  /// Returns the version that is changed; empty for a new subscription and before it is read.
  public Optional<Subscription> version() {
    return before.map(StoredSubscription::subscription);
  }

  public FormField field(DraftField field) {
    return java.util.Objects.requireNonNull(fields.get(field));
  }

  /// Whether a field is part of what is typed: of the destination and the authentication that are
  /// chosen.
  public boolean uses(DraftField field) {
    return draft().uses(field);
  }

  /// Returns the test of what is typed.
  public SampleModel sample() {
    return sample;
  }

  /// Ends what the form does in the background.
  void close() {
    sample.close();
  }

  /// Returns the stage of the form.
  public ReadOnlyObjectProperty<Stage> stage() {
    return stage.getReadOnlyProperty();
  }

  /// Returns why the form was not saved; empty for no reason.
  public ReadOnlyStringProperty message() {
    return message.getReadOnlyProperty();
  }

  /// Returns what the user should know about the loaded version; empty for nothing.
  public ReadOnlyStringProperty note() {
    return note.getReadOnlyProperty();
  }

  /// Returns why nothing can be saved; empty if it can.
  public Optional<String> whyReadOnly() {
    Optional<String> mayNot = session.whyNotAdminister();
    return mayNot.or(() -> version().flatMap(SubscriptionForm::whyFixed));
  }

  private static Optional<String> whyFixed(Subscription subscription) {
    if (subscription.isFromFile()) {
      return Optional.of(
          "a file declares this subscription; change the file and apply it with"
              + " sluice subscriptions apply");
    }
    if (subscription.isBuiltIn()) {
      return Optional.of(
          "this subscription is built in; create another one, and it is no longer used");
    }
    return subscription.state().equals("cancelling")
        ? Optional.of("this subscription is being deleted")
        : Optional.empty();
  }

  /// Whether something was typed that is not stored.
  public boolean isChanged() {
    return !draft().equals(begun);
  }

  private SubscriptionDraft draft() {
    Map<DraftField, String> texts = new EnumMap<>(DraftField.class);
    fields.forEach((field, value) -> texts.put(field, value.text().get()));
    return new SubscriptionDraft(texts);
  }

  /// Saves what was typed, if nothing is wrong with it.
  public void save() {
    if (!(stage.get() instanceof Stage.Editing) || whyReadOnly().isPresent()) {
      return;
    }
    SubscriptionDraft draft = draft();
    Map<DraftField, String> mistakes = draft.mistakes();
    fields.forEach((field, value) -> value.reject(mistakes.getOrDefault(field, "")));
    message.set(mistakes.isEmpty() ? "" : "fix the marked fields");
    if (mistakes.isEmpty()) {
      stage.set(new Stage.Saving());
      Optional<StoredSubscription> replaced = before;
      session.ask(
          () ->
              replaced
                  .map(version -> requests().replace(version, draft))
                  .orElseGet(() -> requests().create(draft)),
          stored -> saved.accept(this, stored.subscription()),
          this::notSaved);
    }
  }

  private void notSaved(Fault fault) {
    stage.set(new Stage.Editing());
    if (fault.isOutdated() && before.isEmpty()) {
      field(DraftField.NAME).reject("a subscription with this name exists");
      message.set("fix the marked fields");
    } else if (fault.isOutdated()) {
      message.set("");
      stage.set(new Stage.Outdated());
    } else {
      switch (fault) {
        case Fault.Refused(Problem problem) -> show(problem);
        case Fault.Unreachable(String why) ->
            message.set(why + "; it is unknown whether it was saved, save again to find out");
        default -> message.set(fault.sentence());
      }
    }
  }

  /// Shows each error at the field that its pointer names, and the others above the form.
  private void show(Problem problem) {
    Map<DraftField, String> atFields = new EnumMap<>(DraftField.class);
    List<String> others = new ArrayList<>();
    for (Problem.FieldProblem error : Optional.ofNullable(problem.errors()).orElse(List.of())) {
      String pointer = Optional.ofNullable(error.pointer()).orElse("");
      DraftField.at(pointer)
          .filter(this::uses)
          .ifPresentOrElse(
              field ->
                  atFields.merge(field, text(field.within(pointer), error), (a, b) -> a + "; " + b),
              () -> others.add(text(pointer, error)));
    }
    atFields.forEach((field, text) -> field(field).reject(text));
    message.set(
        atFields.isEmpty() && others.isEmpty()
            ? problem.sentence()
            : others.isEmpty() ? "fix the marked fields" : String.join("; ", others));
  }

  private static String text(String place, Problem.FieldProblem error) {
    boolean isWhole = place.isEmpty() || place.equals("/kind") || place.equals("/scheme");
    return isWhole ? error.detail() : place + " " + error.detail();
  }

  /// Loads the version that another user stored meanwhile. What this user typed stays.
  public void loadNewVersion() {
    if (stage.get() instanceof Stage.Outdated && edited.isPresent()) {
      stage.set(new Stage.Saving());
      session.ask(
          () -> requests().forChange(edited.get()),
          this::take,
          fault -> {
            stage.set(new Stage.Outdated());
            message.set(fault.sentence());
          });
    }
  }

  private void take(StoredSubscription newest) {
    SubscriptionDraft theirs = SubscriptionDraft.of(newest.subscription());
    SubscriptionDraft old = begun;
    fields.forEach((field, value) -> value.merge(old.text(field), theirs.text(field)));
    begun = theirs;
    before = Optional.of(newest);
    message.set("");
    note.set(describe(newest.subscription()));
    stage.set(new Stage.Editing());
  }

  private String describe(Subscription newest) {
    String who = Optional.ofNullable(newest.changedBy()).map(" by "::concat).orElse("");
    String version = "version " + newest.version() + who;
    if (!isChanged()) {
      return version + " is what you typed: there is nothing left to save";
    }
    return fields.values().stream().anyMatch(value -> value.theirs().get().isPresent())
        ? version + " is loaded; you both changed the marked fields, and what you typed is kept"
        : version + " is loaded; what you typed is kept";
  }
}

package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.Fault;
import dev.sluice.admin.api.Problem;
import dev.sluice.admin.api.SubscriptionDraft;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// Model of the question which stored events a back-fill covers.
public final class BackfillModel {

  private final Session session;
  private final String subscription;
  private final Consumer<Notice> notices;
  private final FormField since = new FormField("");
  private final FormField until = new FormField("");
  private final FormField filter = new FormField("");
  private final ReadOnlyStringWrapper mistake = new ReadOnlyStringWrapper("");

  BackfillModel(Session session, String subscription, Consumer<Notice> notices) {
    this.session = session;
    this.subscription = subscription;
    this.notices = notices;
  }

  public String subscription() {
    return subscription;
  }

  /// Returns the earliest time at which the events occurred; empty text for no limit.
  public FormField since() {
    return since;
  }

  /// Returns the latest time at which the events occurred; empty text for no limit.
  public FormField until() {
    return until;
  }

  /// Returns the further filter as JSON; empty text for none.
  public FormField filter() {
    return filter;
  }

  /// Returns why there was no plan, if that is not the fault of a field; otherwise an empty text.
  public ReadOnlyStringProperty mistake() {
    return mistake.getReadOnlyProperty();
  }

  /// Plans the back-fill. Changes nothing.
  ///
  /// @return empty if there is a mistake
  public Optional<BulkModel> plan() {
    mistake.set(session.whyNotBackfill().orElse(""));
    since.reject(timeMistake(since, "enter the first time such as 2026-03-14T09:30:00Z"));
    until.reject(timeMistake(until, "enter the last time such as 2026-03-14T09:30:00Z"));
    filter.reject(given(filter).flatMap(SubscriptionDraft::filterMistake).orElse(""));
    if (!isInOrder()) {
      until.reject("enter a last time that is not before the first");
    }
    if (isWrong() || !session.mayBackfill()) {
      return Optional.empty();
    }
    var task = new BulkTask.Backfill(subscription, time(since), time(until), given(filter));
    return Optional.of(new BulkModel(session, task, notices));
  }

  private boolean isWrong() {
    return !mistake.get().isEmpty()
        || Stream.of(since, until, filter).anyMatch(field -> !field.problem().get().isEmpty());
  }

  private static String timeMistake(FormField field, String advice) {
    return given(field).isPresent() && time(field).isEmpty() ? advice : "";
  }

  private boolean isInOrder() {
    return time(since)
        .flatMap(first -> time(until).map(last -> !last.isBefore(first)))
        .orElse(true);
  }

  private static Optional<String> given(FormField field) {
    return Optional.of(field.text().get().strip()).filter(text -> !text.isEmpty());
  }

  private static Optional<Instant> time(FormField field) {
    try {
      return given(field).map(Instant::parse);
    } catch (DateTimeException wrong) {
      return Optional.empty();
    }
  }

  /// Shows at the fields why the service refused to plan what is in them.
  ///
  /// @return whether the fault is about a field
  public boolean reject(Fault fault) {
    if (!(fault instanceof Fault.Refused(Problem problem)) || problem.errors() == null) {
      return false;
    }
    problem.errors().forEach(this::show);
    return isWrong();
  }

  private void show(Problem.FieldProblem error) {
    String pointer = Optional.ofNullable(error.pointer()).orElse("");
    String text = within(pointer) + error.detail();
    fieldAt(pointer)
        .ifPresent(
            field -> {
              String before = field.problem().get();
              field.reject(before.isEmpty() ? text : before + "; " + text);
            });
  }

  /// Returns the member of the request that a JSON pointer points at or into.
  private static String member(String pointer) {
    String[] parts = pointer.split("/", 3);
    return parts.length > 1 ? parts[1] : "";
  }

  /// Returns the rest of a JSON pointer into a member, and what separates it from a sentence.
  private static String within(String pointer) {
    String[] parts = pointer.split("/", 3);
    return parts.length > 2 ? "/" + parts[2] + " " : "";
  }

  private Optional<FormField> fieldAt(String pointer) {
    return switch (member(pointer)) {
      case "since" -> Optional.of(since);
      case "until" -> Optional.of(until);
      case "filter" -> Optional.of(filter);
      default -> Optional.empty();
    };
  }
}

package dev.sluice.admin.viewmodel;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// Model of the question which stored events a back-fill covers.
public final class BackfillModel {

  private final Session session;
  private final String subscription;
  private final Consumer<Notice> notices;
  private final StringProperty since = new SimpleStringProperty("");
  private final StringProperty until = new SimpleStringProperty("");
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
  public StringProperty since() {
    return since;
  }

  /// Returns the latest time at which the events occurred; empty text for no limit.
  public StringProperty until() {
    return until;
  }

  /// Returns why there was no plan for what is typed; empty if nothing is known to be wrong.
  public ReadOnlyStringProperty mistake() {
    return mistake.getReadOnlyProperty();
  }

  /// Plans the back-fill. Changes nothing.
  ///
  /// @return empty if there is a mistake
  public Optional<BulkModel> plan() {
    mistake.set(session.whyNotBackfill().or(this::mistakeInTimes).orElse(""));
    if (!mistake.get().isEmpty() || !session.mayBackfill()) {
      return Optional.empty();
    }
    var task = new BulkTask.Backfill(subscription, time(since), time(until));
    return Optional.of(new BulkModel(session, task, notices));
  }

  private Optional<String> mistakeInTimes() {
    if (isWrong(since)) {
      return Optional.of("enter the first time such as 2026-03-14T09:30:00Z");
    }
    if (isWrong(until)) {
      return Optional.of("enter the last time such as 2026-03-14T09:30:00Z");
    }
    boolean inOrder =
        time(since).flatMap(first -> time(until).map(last -> !last.isBefore(first))).orElse(true);
    return inOrder
        ? Optional.empty()
        : Optional.of("enter a last time that is not before the first");
  }

  private static boolean isWrong(StringProperty text) {
    return !text.get().isBlank() && time(text).isEmpty();
  }

  private static Optional<Instant> time(StringProperty text) {
    try {
      return Optional.of(Instant.parse(text.get().strip()));
    } catch (DateTimeException wrong) {
      return Optional.empty();
    }
  }
}

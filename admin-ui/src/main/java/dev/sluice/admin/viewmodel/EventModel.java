package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.EventDetail;
import dev.sluice.admin.api.Explanation;
import dev.sluice.admin.api.Fault;
import dev.sluice.admin.api.Meta;
import dev.sluice.admin.api.NewEvent;
import dev.sluice.admin.api.Status;
import dev.sluice.admin.model.Curl;
import dev.sluice.admin.model.EventAction;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import org.jspecify.annotations.Nullable;

/// Model of one event: its payload, its history and the actions on it.
///
/// The id of a model never changes, so an action cannot reach another event.
public final class EventModel {

  private static final Duration PACE = Duration.ofSeconds(1);
  private static final Duration AT_ITS_END = Duration.ofSeconds(15);

  private final Session session;
  private final String id;
  private final PolledGroup polledValues;
  private final Polled<EventDetail> detail;
  private final Polled<Explanation> explanation;
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final Consumer<Notice> notices;

  EventModel(Session session, String id, Consumer<Notice> notices) {
    this.session = session;
    this.id = id;
    this.notices = notices;
    this.detail = session.polled(PACE, () -> session.client().event(id));
    this.explanation = session.polled(PACE, () -> session.client().explain(id));
    this.polledValues = new PolledGroup(detail, explanation);
    detail.value().addListener((_, _, now) -> followWhileItMoves(now));
  }

  /// Polls a finished event less often: only an operator action can change it.
  private void followWhileItMoves(@Nullable EventDetail now) {
    if (now != null) {
      Duration pace = now.history().status().isFinal() ? AT_ITS_END : PACE;
      detail.pace(pace);
      explanation.pace(pace);
    }
  }

  public String id() {
    return id;
  }

  /// Returns the event with its deliveries, attempts and payload.
  public Polled<EventDetail> detail() {
    return detail;
  }

  /// Returns the explanation of its status.
  public Polled<Explanation> explanation() {
    return explanation;
  }

  /// Whether an action is in progress.
  public ReadOnlyBooleanProperty busy() {
    return busy.getReadOnlyProperty();
  }

  /// Whether an action is possible now.
  public boolean can(EventAction eventAction) {
    return session.mayOperate()
        && detail.last().map(event -> eventAction.isPossible(event.history())).orElse(false);
  }

  /// Whether the first attempt of a delivery can be moved: it waits, and was never attempted.
  public boolean canReschedule() {
    boolean offered =
        Optional.ofNullable(session.meta().get()).stream().anyMatch(Meta::canReschedule);
    return offered
        && session.mayOperate()
        && detail.last().stream()
            .flatMap(event -> event.history().deliveries().stream())
            .anyMatch(
                delivery -> delivery.status() == Status.RECEIVED && delivery.attempts().isEmpty());
  }

  /// Moves the first attempts of the event's deliveries.
  ///
  /// @param when a delay from now, such as `10m`, or a time in RFC 3339
  /// @param done called when the service has moved them
  /// @param refused receives the reason if it has not
  /// @return why nothing was sent; empty if the request was sent
  public Optional<String> reschedule(String when, Runnable done, Consumer<String> refused) {
    if (busy.get()) {
      return Optional.of("another action is under way");
    }
    if (when.isBlank()) {
      return Optional.of("enter a delay or a time");
    }
    run(
        () -> {
          session.client().reschedule(id, when.strip());
          return id;
        },
        _ -> {
          notices.accept(new Notice(Notice.Kind.DONE, id + " rescheduled"));
          done.run();
        },
        fault -> refused.accept(fault.sentence()));
    return Optional.empty();
  }

  private boolean hasFailed() {
    return detail.last().stream()
        .flatMap(event -> event.history().deliveries().stream())
        .anyMatch(delivery -> delivery.status() == Status.FAILED);
  }

  /// Runs an action if it is possible; otherwise shows why it is not.
  public void act(EventAction eventAction) {
    if (!can(eventAction)) {
      String why = session.whyNot().orElse("its status does not allow it");
      notices.accept(
          new Notice(Notice.Kind.WARNING, id + " cannot be " + eventAction.done() + ": " + why));
      return;
    }
    if (busy.get()) {
      return;
    }
    boolean hasFailed = hasFailed();
    run(
        () -> {
          eventAction.doTo(id, hasFailed, session.client());
          return id;
        },
        _ -> notices.accept(new Notice(Notice.Kind.DONE, id + " " + eventAction.done())),
        fault -> notices.accept(new Notice(Notice.Kind.FAILED, id + ": " + fault.sentence())));
  }

  /// Sends a copy of the event with a different payload.
  ///
  /// @param made receives the id of the new event
  /// @param refused receives the reason if the service rejects the event
  /// @return why nothing was sent; empty if the request was sent
  public Optional<String> replayEdited(
      String payload, Consumer<String> made, Consumer<String> refused) {
    Optional<String> mistake =
        busy.get()
            ? Optional.of("another action is under way")
            : NewEvent.mistakeIn(payload).map(wrong -> "not valid JSON: " + wrong);
    if (mistake.isPresent()) {
      return mistake;
    }
    run(
        () -> session.client().replayEdited(id, payload),
        newId -> {
          notices.accept(new Notice(Notice.Kind.DONE, "sent as new event " + newId));
          made.accept(newId);
        },
        fault -> refused.accept(fault.sentence()));
    return Optional.empty();
  }

  private void run(Supplier<String> action, Consumer<String> done, Consumer<Fault> failed) {
    busy.set(true);
    session.ask(
        action,
        answer -> {
          acted();
          done.accept(answer);
        },
        fault -> {
          acted();
          failed.accept(fault);
        });
  }

  private void acted() {
    busy.set(false);
    refresh();
  }

  /// Returns a curl command that reads the event. The key is a variable in it.
  public String curl() {
    return Curl.get(session.client().target(), "/events/" + Curl.encode(id));
  }

  /// Returns all polled values of the event.
  ScreenLifecycle polledValues() {
    return polledValues;
  }

  /// Refreshes all polled values now.
  public void refresh() {
    polledValues.refresh();
  }
}

package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.EventDetail;
import dev.sluice.admin.api.Explanation;
import dev.sluice.admin.api.Fault;
import dev.sluice.admin.api.NewEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import org.jspecify.annotations.Nullable;

/// One event with all that happened to it, and what can be done to it.
///
/// It is made for an id and stays with it: actions cannot reach another event.
public final class EventModel {

  private static final Duration PACE = Duration.ofSeconds(1);
  private static final Duration AT_ITS_END = Duration.ofSeconds(15);

  private final Session session;
  private final String id;
  private final PolledGroup polledValues;
  private final Polled<EventDetail> detail;
  private final Polled<Explanation> explanation;
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final Consumer<Notice> told;

  EventModel(Session session, String id, Consumer<Notice> told) {
    this.session = session;
    this.id = id;
    this.told = told;
    this.detail = session.polled(PACE, () -> session.client().event(id));
    this.explanation = session.polled(PACE, () -> session.client().explain(id));
    this.polledValues = new PolledGroup(detail, explanation);
    detail.value().addListener((_, _, now) -> followWhileItMoves(now));
  }

  /// What is at its end moves only when somebody acts on it.
  private void followWhileItMoves(@Nullable EventDetail now) {
    if (now != null) {
      Duration pace = now.history().status().isFinal() ? AT_ITS_END : PACE;
      detail.pace(pace);
      explanation.pace(pace);
    }
  }

  /// Which event it is.
  public String id() {
    return id;
  }

  /// The event with deliveries, attempts and payload.
  public Polled<EventDetail> detail() {
    return detail;
  }

  /// Why it is where it is.
  public Polled<Explanation> explanation() {
    return explanation;
  }

  /// Whether an action is under way.
  public ReadOnlyBooleanProperty busy() {
    return busy.getReadOnlyProperty();
  }

  /// Whether something can be done to it now.
  public boolean can(EventAction eventAction) {
    return session.mayOperate()
        && detail
            .last()
            .map(event -> eventAction.isPossible(event.history().status()))
            .orElse(false);
  }

  /// Does something to it, if that can be done.
  public void act(EventAction eventAction) {
    if (!can(eventAction)) {
      String why = session.whyNot().orElse("its status does not allow it");
      told.accept(
          new Notice(Notice.Kind.WARNING, id + " cannot be " + eventAction.done() + ": " + why));
      return;
    }
    if (busy.get()) {
      return;
    }
    run(
        () -> {
          eventAction.doTo(id, session.client());
          return id;
        },
        _ -> told.accept(new Notice(Notice.Kind.DONE, id + " " + eventAction.done())),
        fault -> told.accept(new Notice(Notice.Kind.FAILED, id + ": " + fault.sentence())));
  }

  /// Makes a new event like it with another payload.
  ///
  /// @param made gets the new one's id
  /// @param refused gets the reason when the service does not take it
  /// @return why it was not sent; empty when it was
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
          told.accept(new Notice(Notice.Kind.DONE, "sent as the new event " + newId));
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

  /// The request that shows it, for a shell. The key stands in it as a variable.
  public String curl() {
    return Curl.get(session.client().target(), "/events/" + Curl.encode(id));
  }

  /// All of it together.
  ScreenLifecycle polledValues() {
    return polledValues;
  }

  /// Asks for all of it now.
  public void refresh() {
    polledValues.refresh();
  }
}

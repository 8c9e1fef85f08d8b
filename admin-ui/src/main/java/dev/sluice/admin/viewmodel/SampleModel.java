package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.DraftField;
import dev.sluice.admin.api.EventSummary;
import dev.sluice.admin.api.Fault;
import dev.sluice.admin.api.Filter;
import dev.sluice.admin.api.Meta;
import dev.sluice.admin.api.Problem;
import dev.sluice.admin.api.Subscription;
import dev.sluice.admin.api.SubscriptionDraft;
import dev.sluice.admin.api.SubscriptionTest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// Tests what is typed in a form against a stored event, whenever typing pauses.
///
/// At most one request is in progress; what was typed meanwhile is tested after it.
public final class SampleModel {

  /// How long typing must pause before a test.
  static final Duration PAUSE = Duration.ofMillis(400);

  private static final int MOST_RECENT = 20;
  private static final int MOST_OWN = 10;

  /// Fields that decide whether an event matches, or without which there is no definition.
  private static final List<DraftField> TESTED = List.of(DraftField.TYPES, DraftField.FILTER);

  private final Session session;
  private final Source source;
  private final Map<DraftField, FormField> fields;
  private final StringProperty eventId = new SimpleStringProperty("");
  private final ReadOnlyObjectWrapper<List<EventSummary>> recent =
      new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyObjectWrapper<State> state =
      new ReadOnlyObjectWrapper<>(new State.Loading());
  private final ReadOnlyObjectWrapper<Sending> sending =
      new ReadOnlyObjectWrapper<>(new Sending.Nothing());
  private Runnable waiting = () -> {};
  private boolean underWay;
  private boolean again;
  private boolean begun;
  private boolean closed;

  /// What is tested.
  ///
  /// @param draft what is typed now
  /// @param before the version that it would replace
  record Source(Supplier<SubscriptionDraft> draft, Supplier<Optional<Subscription>> before) {}

  /// The state of the test.
  public sealed interface State {

    /// The recent events are being read, or the first test is in progress.
    record Loading() implements State {}

    /// The service is older and cannot test.
    record Unsupported() implements State {}

    /// No event is stored, and no id is typed.
    record NoEvent() implements State {}

    /// What is typed cannot be tested.
    record Incomplete(String why) implements State {}

    /// The test failed.
    record Failed(String why) implements State {}

    /// The result, and whether it is about what was typed before.
    record Tested(SubscriptionTest result, boolean isOld) implements State {}
  }

  /// What became of sending the event to the receiver.
  public sealed interface Sending {

    /// It was not sent, or what is typed has changed since.
    record Nothing() implements Sending {}

    /// The request is in progress.
    record InProgress() implements Sending {}

    /// The service did not try, or it is unknown whether it did.
    record Failed(String why) implements Sending {}

    /// The service tried.
    record Made(SubscriptionTest.Sent result) implements Sending {}
  }

  SampleModel(Session session, Source source, Map<DraftField, FormField> fields) {
    this.session = session;
    this.source = source;
    this.fields = fields;
    fields.values().forEach(field -> field.text().addListener((_, _, _) -> changed()));
    eventId.addListener((_, _, _) -> changed());
  }

  /// Reads the recent events and tests the first. Called once the form is filled.
  void begin() {
    Meta known = session.meta().get();
    if (known != null && !known.canTestSubscriptions()) {
      state.set(new State.Unsupported());
      return;
    }
    Optional<String> edited = source.before().get().map(Subscription::name);
    session.ask(
        () -> recentEvents(edited),
        events -> {
          begun = true;
          recent.set(events);
          if (eventId.get().isBlank() && !events.isEmpty()) {
            eventId.set(events.getFirst().eventId());
          }
          testNow();
        },
        fault -> {
          begun = true;
          state.set(new State.Failed(fault.sentence()));
        });
  }

  /// Begins with events that the subscription got: the newest of all may be of a type that it never
  /// wanted, and would say nothing about a change.
  private List<EventSummary> recentEvents(Optional<String> edited) {
    Map<String, EventSummary> found = new LinkedHashMap<>();
    edited
        .map(name -> events(Filter.ALL.withSubscription(name), MOST_OWN))
        .orElse(List.of())
        .forEach(event -> found.put(event.eventId(), event));
    events(Filter.ALL, MOST_RECENT).forEach(event -> found.putIfAbsent(event.eventId(), event));
    return found.values().stream().limit(MOST_RECENT).toList();
  }

  private List<EventSummary> events(Filter filter, int limit) {
    return session.client().events(filter, Optional.empty(), limit).items();
  }

  /// Ends all tests: the form was left.
  void close() {
    closed = true;
    waiting.run();
  }

  /// Returns the id of the event; can be typed.
  public StringProperty eventId() {
    return eventId;
  }

  /// Returns recent events to choose from: first those that the subscription got, then the newest.
  public ReadOnlyObjectProperty<List<EventSummary>> recent() {
    return recent.getReadOnlyProperty();
  }

  /// Returns the state of the test.
  public ReadOnlyObjectProperty<State> state() {
    return state.getReadOnlyProperty();
  }

  /// Returns what became of sending the event.
  public ReadOnlyObjectProperty<Sending> sending() {
    return sending.getReadOnlyProperty();
  }

  /// Whether the event can be sent: it matches what is typed, which is a webhook.
  public boolean canSend() {
    return session.mayAdminister()
        && !(sending.get() instanceof Sending.InProgress)
        && state.get() instanceof State.Tested(SubscriptionTest result, boolean isOld)
        && result.matches()
        && !isOld
        && source.draft().get().uses(DraftField.URL);
  }

  /// Sends the event to the receiver once, as what is typed would. Stores nothing.
  public void send() {
    if (!canSend()) {
      return;
    }
    sending.set(new Sending.InProgress());
    SubscriptionDraft draft = source.draft().get();
    Optional<Subscription> before = source.before().get();
    String event = eventId.get().strip();
    session.ask(
        () -> session.client().subscriptions().send(draft, before, event),
        result ->
            sending.set(
                Optional.ofNullable(result.sent())
                    .<Sending>map(Sending.Made::new)
                    .orElseGet(() -> new Sending.Failed("the service sent nothing"))),
        fault -> sending.set(new Sending.Failed(fault.sentence())));
  }

  private void changed() {
    if (!begun || closed) {
      return;
    }
    if (!(sending.get() instanceof Sending.InProgress)) {
      sending.set(new Sending.Nothing());
    }
    if (state.get() instanceof State.Tested(SubscriptionTest result, boolean _)) {
      state.set(new State.Tested(result, true));
    }
    waiting.run();
    waiting =
        session.lanes().timer().after(PAUSE, () -> session.lanes().screen().execute(this::testNow));
  }

  private void testNow() {
    waiting.run();
    if (closed) {
      return;
    }
    if (underWay) {
      again = true;
      return;
    }
    SubscriptionDraft draft = source.draft().get();
    Optional<String> mistake = mistake(draft);
    if (eventId.get().isBlank()) {
      show(new State.NoEvent());
    } else if (mistake.isPresent()) {
      show(new State.Incomplete(mistake.get()));
    } else {
      ask(draft, eventId.get().strip());
    }
  }

  /// Mistakes in other fields would be refused, too, but a number that is no number cannot be sent.
  private static Optional<String> mistake(SubscriptionDraft draft) {
    Map<DraftField, String> mistakes = draft.mistakes();
    mistakes.remove(DraftField.NAME);
    return TESTED.stream()
        .filter(mistakes::containsKey)
        .findFirst()
        .or(() -> mistakes.keySet().stream().findFirst())
        .map(field -> field.title() + ": " + mistakes.get(field));
  }

  private void ask(SubscriptionDraft draft, String event) {
    underWay = true;
    Optional<Subscription> before = source.before().get();
    session.ask(
        () -> session.client().subscriptions().test(draft, before, event),
        result -> ended(() -> show(result)),
        fault -> ended(() -> show(fault)));
  }

  private void ended(Runnable show) {
    underWay = false;
    if (closed) {
      return;
    }
    if (again) {
      again = false;
      testNow();
    } else {
      show.run();
    }
  }

  private void show(State other) {
    fields.values().forEach(field -> field.mismatch(""));
    state.set(other);
  }

  private void show(SubscriptionTest result) {
    show(new State.Tested(result, false));
    result.failedField().map(fields::get).ifPresent(field -> field.mismatch(result.sentence()));
  }

  /// Shows what the service says about the definition at its fields, and the rest at the test.
  private void show(Fault fault) {
    show(new State.Failed(fault.sentence()));
    if (fault instanceof Fault.Refused(Problem problem) && problem.errors() != null) {
      for (Problem.FieldProblem error : problem.errors()) {
        String pointer = Optional.ofNullable(error.pointer()).orElse("");
        if (pointer.startsWith("/definition/")) {
          DraftField.at(pointer.substring("/definition".length()))
              .map(fields::get)
              .ifPresent(field -> field.mismatch(error.detail()));
        }
      }
    }
  }
}

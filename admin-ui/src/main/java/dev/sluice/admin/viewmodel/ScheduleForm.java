package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.JsonText;
import dev.sluice.admin.api.NewEvent;
import dev.sluice.admin.api.ScheduleRequests.Draft;
import dev.sluice.admin.api.ScheduleRequests.Schedule;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// Model of the form that creates or changes a schedule.
public final class ScheduleForm {

  private static final String NO_PRIORITY = "5";

  private final Session session;
  private final Optional<Schedule> edited;
  private final Consumer<Schedule> saved;
  private final Map<Input, StringProperty> texts = new EnumMap<>(Input.class);
  private final BooleanProperty enabled;
  private final ReadOnlyStringWrapper mistake = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();

  /// What the user types.
  public enum Input {
    NAME("Name", "nightly"),
    CRON("Cron", "30 2 * * *"),
    TIME_ZONE("Time zone", "Europe/Berlin"),
    CATCH_UP("Catch up", ""),
    TYPE("Event type", "report.due"),
    KEY("Key", "ordering key, optional"),
    SOURCE("Source", "optional"),
    SUBJECT("Subject", "optional"),
    PRIORITY("Priority", "0 to 9"),
    PAYLOAD("Payload", "any JSON value");

    private final String title;
    private final String prompt;

    Input(String title, String prompt) {
      this.title = title;
      this.prompt = prompt;
    }

    /// Returns the label.
    public String title() {
      return title;
    }

    /// Returns an example, or what may be typed.
    public String prompt() {
      return prompt;
    }
  }

  /// @param edited the schedule to change; empty for a new one
  /// @param saved receives the stored schedule
  ScheduleForm(Session session, Optional<Schedule> edited, Consumer<Schedule> saved) {
    this.session = session;
    this.edited = edited;
    this.saved = saved;
    for (Input input : Input.values()) {
      texts.put(input, new SimpleStringProperty(""));
    }
    Draft draft =
        edited
            .map(Draft::of)
            .orElseGet(
                () ->
                    new Draft(
                        "",
                        "",
                        "UTC",
                        "last",
                        true,
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "{}"));
    this.enabled = new SimpleBooleanProperty(draft.enabled());
    fill(draft);
  }

  private void fill(Draft draft) {
    text(Input.NAME).set(draft.name());
    text(Input.CRON).set(draft.cron());
    text(Input.TIME_ZONE).set(draft.timeZone());
    text(Input.CATCH_UP).set(draft.catchUp());
    text(Input.TYPE).set(draft.eventType());
    text(Input.KEY).set(draft.key().orElse(""));
    text(Input.SOURCE).set(draft.source().orElse(""));
    text(Input.SUBJECT).set(draft.subject().orElse(""));
    text(Input.PRIORITY).set(draft.priority().map(String::valueOf).orElse(NO_PRIORITY));
    text(Input.PAYLOAD).set(new JsonText(draft.payload()).pretty());
  }

  /// Whether the schedule is new, so that it needs a name.
  public boolean isNew() {
    return edited.isEmpty();
  }

  /// Returns what is typed.
  public StringProperty text(Input input) {
    return java.util.Objects.requireNonNull(texts.get(input));
  }

  /// Whether ticks get events.
  public BooleanProperty enabled() {
    return enabled;
  }

  /// Returns why the schedule was not saved; empty if nothing is wrong.
  public ReadOnlyStringProperty mistake() {
    return mistake.getReadOnlyProperty();
  }

  /// Whether the request is in progress.
  public ReadOnlyBooleanProperty busy() {
    return busy.getReadOnlyProperty();
  }

  /// Saves the schedule.
  ///
  /// @param done runs after that
  public void save(Runnable done) {
    Optional<String> wrong = check();
    mistake.set(wrong.orElse(""));
    if (wrong.isPresent() || busy.get()) {
      return;
    }
    busy.set(true);
    Draft draft = draft();
    session.ask(
        () -> session.client().schedules().store(draft, edited),
        stored -> {
          busy.set(false);
          done.run();
          saved.accept(stored);
        },
        fault -> {
          busy.set(false);
          mistake.set(
              fault.isOutdated()
                  ? "someone else changed it meanwhile, or it exists already"
                  : fault.sentence());
        });
  }

  private Optional<String> check() {
    if (typed(Input.NAME).isEmpty()) {
      return Optional.of("enter a name");
    }
    if (!text(Input.PRIORITY).get().strip().matches("[0-9]?")) {
      return Optional.of("the priority is a digit from 0 to 9");
    }
    return NewEvent.mistakeIn(text(Input.PAYLOAD).get());
  }

  private Draft draft() {
    return new Draft(
        text(Input.NAME).get().strip(),
        text(Input.CRON).get().strip(),
        text(Input.TIME_ZONE).get().strip(),
        text(Input.CATCH_UP).get(),
        enabled.get(),
        text(Input.TYPE).get().strip(),
        typed(Input.SOURCE),
        typed(Input.SUBJECT),
        typed(Input.KEY),
        typed(Input.PRIORITY).filter(text -> !text.equals(NO_PRIORITY)).map(Integer::valueOf),
        text(Input.PAYLOAD).get());
  }

  private Optional<String> typed(Input input) {
    return Optional.of(text(input).get().strip()).filter(some -> !some.isEmpty());
  }
}

package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.ScheduleRequests.Draft;
import dev.sluice.admin.api.ScheduleRequests.Due;
import dev.sluice.admin.api.ScheduleRequests.Schedule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Model of the schedules screen.
public final class SchedulesModel {

  private final Session session;
  private final Consumer<Notice> notices;
  private final PolledGroup polledValues;
  private final Polled<List<Schedule>> schedules;
  private final Polled<Due> due;
  private final ReadOnlyObjectWrapper<Optional<String>> selected =
      new ReadOnlyObjectWrapper<>(Optional.empty());

  SchedulesModel(Session session, Consumer<Notice> notices) {
    this.session = session;
    this.notices = notices;
    this.schedules = session.polled(Duration.ofSeconds(2), session.client().schedules()::all);
    this.due = session.polled(Duration.ofSeconds(5), session.client().schedules()::due);
    this.polledValues = new PolledGroup(schedules, due);
  }

  /// Returns the schedules, in the order of their names.
  public Polled<List<Schedule>> schedules() {
    return schedules;
  }

  /// Returns what becomes due in the next hour.
  public Polled<Due> due() {
    return due;
  }

  /// Returns the name of the selected schedule.
  public ReadOnlyObjectProperty<Optional<String>> selected() {
    return selected.getReadOnlyProperty();
  }

  public void select(Optional<String> name) {
    selected.set(name);
  }

  /// Returns the selected schedule as it was last read.
  public Optional<Schedule> meant() {
    return schedules.last().orElse(List.of()).stream()
        .filter(schedule -> selected.get().filter(schedule.name()::equals).isPresent())
        .findFirst();
  }

  /// Returns a form.
  ///
  /// @param edited the schedule to change; empty for a new one
  public ScheduleForm form(Optional<Schedule> edited) {
    return new ScheduleForm(session, edited, this::saved);
  }

  private void saved(Schedule schedule) {
    select(Optional.of(schedule.name()));
    done("schedule " + schedule.name() + " saved as version " + schedule.version());
  }

  /// Switches a schedule on or off, if the user may.
  public void toggle(Schedule schedule) {
    boolean isOn = !schedule.enabled();
    change(
        () ->
            session
                .client()
                .schedules()
                .store(Draft.of(schedule).enabled(isOn), Optional.of(schedule)),
        "schedule " + schedule.name() + (isOn ? " enabled" : " disabled"));
  }

  /// Deletes a schedule, if the user may. Its events stay.
  public void delete(Schedule schedule) {
    change(
        () -> session.client().schedules().delete(schedule),
        "schedule " + schedule.name() + " deleted");
  }

  private void change(Runnable request, String what) {
    if (!session.mayAdminister()) {
      return;
    }
    session.change(request, what, notices, polledValues::refresh);
  }

  private void done(String what) {
    notices.accept(new Notice(Notice.Kind.DONE, what));
    schedules.refresh();
  }

  /// Returns all polled values of the screen.
  ScreenLifecycle polledValues() {
    return polledValues;
  }
}

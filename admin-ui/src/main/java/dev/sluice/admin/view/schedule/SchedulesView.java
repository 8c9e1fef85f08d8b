package dev.sluice.admin.view.schedule;

import dev.sluice.admin.api.ScheduleRequests.Schedule;
import dev.sluice.admin.model.EventQuery;
import dev.sluice.admin.model.Field;
import dev.sluice.admin.model.Term;
import dev.sluice.admin.view.control.Columns;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Dialog;
import dev.sluice.admin.view.control.Hints;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.Permissions;
import dev.sluice.admin.view.control.Redraw;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.SchedulesModel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The schedules screen: when the next events of each schedule are due, and what can be changed.
public final class SchedulesView extends VBox {

  private final ViewContext at;
  private final SchedulesModel model;
  private final TableView<Schedule> table =
      Columns.table("schedules-table", "Schedules, in the order of their names");
  private final StackPane stage = new StackPane(Hints.skeleton(6));
  private final Label size = Controls.label("", "muted");
  private final Button toggle;
  private final VBox detail = new VBox(8);

  public SchedulesView(ViewContext at) {
    super(10);
    this.at = at;
    this.model = at.models().schedules();
    this.toggle =
        button("toggle-schedule", "Disable", Feather.PAUSE, "P", "Disable or enable the schedule");
    toggle.setOnAction(_ -> onMeant(model::toggle));
    setPadding(new Insets(16, 16, 12, 16));
    detail.getStyleClass().add("card");
    detail.setId("schedule-detail");
    addColumns();
    getChildren()
        .addAll(
            Controls.row(12, Controls.label("Schedules", "title-4"), size),
            toolbar(),
            new DueCard(at, model),
            Hints.failure(model.schedules(), at),
            Controls.grow(stage),
            detail);
    table
        .getSelectionModel()
        .selectedItemProperty()
        .addListener((_, _, chosen) -> selected(chosen));
    model.schedules().value().addListener((_, _, _) -> refresh());
    model.selected().addListener((_, _, _) -> showMeant());
    refresh();
  }

  private void selected(@Nullable Schedule chosen) {
    if (chosen != null) {
      model.select(Optional.of(chosen.name()));
    }
  }

  private static Button button(String id, String text, Feather icon, String key, String title) {
    Button button = Controls.button(id, text, () -> {}, "small");
    button.setGraphic(Icons.of(icon));
    return Keys.on(button, key, title);
  }

  private FlowPane toolbar() {
    Button add = button("new-schedule", "New schedule", Feather.PLUS, "N", "Create a schedule");
    add.setOnAction(_ -> ScheduleDialog.open(at, model.form(Optional.empty())));
    Button edit = button("edit-schedule", "Edit", Feather.EDIT_2, "E", "Change the schedule");
    edit.setOnAction(_ -> onMeant(one -> ScheduleDialog.open(at, model.form(Optional.of(one)))));
    Button delete =
        button("delete-schedule", "Delete", Feather.TRASH_2, "D", "Delete the schedule");
    delete.setOnAction(_ -> onMeant(this::askToDelete));
    Button events =
        button("events-of-schedule", "Show events", Feather.LIST, "V", "Events of its type");
    events.setOnAction(_ -> onMeant(this::showEvents));
    var session = at.models().session();
    return new FlowPane(
        8,
        8,
        Permissions.followAdmin(add, session),
        Permissions.followAdmin(edit, session),
        Permissions.followAdmin(toggle, session),
        Permissions.followAdmin(delete, session),
        events);
  }

  private void onMeant(Consumer<Schedule> action) {
    model.meant().ifPresentOrElse(action, () -> at.warn("Select a schedule first"));
  }

  private void showEvents(Schedule schedule) {
    var type = new Term(Field.TYPE, schedule.event().eventType());
    at.console().showEvents(new EventQuery(List.of(type), List.of()));
  }

  private void askToDelete(Schedule schedule) {
    Runnable delete =
        () -> {
          at.overlay().close();
          model.delete(schedule);
        };
    at.overlay()
        .open(
            new Dialog("Delete " + schedule.name() + "?", 460)
                .with(
                    Controls.paragraph(
                        "Its ticks get no more events. The events that it has stored stay.",
                        "muted"))
                .buttons(
                    Controls.button("keep-schedule", "Keep it", at.overlay()::close),
                    Controls.button("confirm-delete-schedule", "Delete", delete, "danger")),
            () -> {});
  }

  private void addColumns() {
    table
        .getColumns()
        .setAll(
            List.of(
                Columns.<Schedule>fixed("Name", 170, Schedule::name, "mono"),
                Columns.<Schedule>fixed("State", 80, one -> one.enabled() ? "enabled" : "disabled"),
                Columns.<Schedule>fixed("Cron", 130, Schedule::cron, "mono"),
                Columns.<Schedule>fixed("Time zone", 130, Schedule::timeZone),
                Columns.<Schedule>text("Next tick", 170, this::next, "mono"),
                Columns.<Schedule>fixed("Last tick", 130, one -> time(one.lastTick()), "mono"),
                Columns.<Schedule>fixed("Catch up", 80, Schedule::catchUp),
                Columns.<Schedule>fixed("Event type", 160, one -> one.event().eventType())));
    table.setPlaceholder(
        new StackPane(
            Hints.middle(
                Feather.CALENDAR,
                "No schedules",
                "A schedule stores an event at each of its ticks.")));
  }

  private ObservableValue<String> next(Schedule schedule) {
    Instant tick = schedule.nextTick();
    return at.times()
        .running(
            () ->
                tick == null ? "" : at.times().shortTime(tick) + ", " + at.times().distance(tick));
  }

  private String time(@Nullable Instant tick) {
    return tick == null ? "" : at.times().shortTime(tick);
  }

  private void refresh() {
    model.schedules().last().ifPresent(this::show);
  }

  private void show(List<Schedule> schedules) {
    if (!stage.getChildren().contains(table)) {
      stage.getChildren().setAll(table);
    }
    size.setText(schedules.size() == 1 ? "1 schedule" : schedules.size() + " schedules");
    if (!schedules.equals(table.getItems())) {
      Optional<String> before = model.selected().get();
      table.getItems().setAll(schedules);
      model.select(before);
    }
    showMeant();
  }

  private void showMeant() {
    Optional<Schedule> meant = model.meant();
    meant.ifPresent(this::mark);
    boolean isOn = meant.map(Schedule::enabled).orElse(true);
    toggle.setText(isOn ? "Disable" : "Enable");
    toggle.setGraphic(Icons.of(isOn ? Feather.PAUSE : Feather.PLAY));
    Controls.shown(detail, meant.isPresent());
    meant.ifPresent(this::detail);
  }

  private void mark(Schedule schedule) {
    if (!schedule.equals(table.getSelectionModel().getSelectedItem())) {
      table.getSelectionModel().select(schedule);
    }
  }

  private void detail(Schedule schedule) {
    var ticks = new VBox(2);
    schedule.nextTicks().stream()
        .map(tick -> Controls.label(at.times().fullTime(tick), "mono"))
        .forEach(ticks.getChildren()::add);
    if (schedule.nextTicks().isEmpty()) {
      ticks.getChildren().add(Controls.label("none", "muted"));
    }
    Label payload = Controls.label(schedule.event().payload().pretty(), "mono");
    payload.setMaxHeight(110);
    Redraw.keepingFocus(
        detail,
        List.of(
            Controls.row(
                10,
                Controls.label(schedule.name(), "card-title"),
                Controls.label(
                    "version "
                        + schedule.version()
                        + " by "
                        + schedule.changedBy()
                        + ", "
                        + at.times().shortTime(schedule.changedAt()),
                    "muted")),
            Controls.row(
                40,
                Controls.column(4, Controls.label("Next ticks", "muted"), ticks),
                Controls.column(4, Controls.label("Payload", "muted"), payload))));
  }
}

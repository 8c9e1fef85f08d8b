package dev.sluice.admin.view;

import dev.sluice.admin.api.BulkJob;
import dev.sluice.admin.api.Meta;
import dev.sluice.admin.model.Texts;
import dev.sluice.admin.viewmodel.Console;
import dev.sluice.admin.viewmodel.Desk;
import dev.sluice.admin.viewmodel.Screen;
import dev.sluice.admin.viewmodel.Session;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.feather.Feather;

/// The service's version, how old the screen's data is, how long the last request took, and bulk
/// jobs that run.
final class StatusLine extends HBox {

  private final Console console;
  private final Times times;
  private final Label version = Controls.label("", "muted");
  private final Label age = Controls.label("", "muted");
  private final Label request = Controls.label("", "muted");
  private final Button jobs;

  StatusLine(Console console, Times times) {
    super(18);
    this.console = console;
    this.times = times;
    setId("status-line");
    getStyleClass().add("status-line");
    setAlignment(javafx.geometry.Pos.CENTER_LEFT);
    jobs =
        Controls.button("running-jobs", "", () -> console.show(Screen.ACTIVITY), "small", "flat");
    jobs.setGraphic(Icons.of(Feather.LAYERS));
    getChildren().addAll(version, age, request, Controls.spring(), jobs);
    times.second().addListener((_, _, _) -> refresh());
    console.desk().addListener((_, _, _) -> refresh());
    console.screen().addListener((_, _, _) -> refresh());
    console.desk().addListener((_, _, now) -> now.ifPresent(this::follow));
    console.desk().get().ifPresent(this::follow);
    refresh();
  }

  private void follow(Desk desk) {
    desk.session().requestTime().addListener((_, _, _) -> refresh());
    desk.session().meta().addListener((_, _, _) -> refresh());
    desk.session().jobs().value().addListener((_, _, _) -> refresh());
  }

  private void refresh() {
    Optional<Desk> desk = console.desk().get();
    Optional<Session> session = desk.map(Desk::session);
    version.setText(
        session.map(some -> some.meta().get()).map(StatusLine::about).orElse("not connected"));
    age.setText(
        desk.flatMap(some -> some.asOf(console.screen().get()))
            .map(time -> "data " + Texts.duration(times.age(time)) + " old")
            .orElse(""));
    request.setText(
        session
            .flatMap(some -> some.requestTime().get())
            .map(time -> "last request " + Texts.seconds(time.toNanos() / 1e9))
            .orElse(""));
    List<BulkJob> running =
        session.flatMap(some -> some.jobs().last()).orElse(List.of()).stream()
            .filter(BulkJob::isRunning)
            .toList();
    Controls.shown(jobs, !running.isEmpty());
    jobs.setText(text(running));
  }

  private static String about(Meta meta) {
    return "Sluice "
        + meta.version()
        + " · "
        + meta.storage()
        + " ("
        + meta.durability()
        + ") · "
        + meta.owner()
        + ", "
        + meta.role();
  }

  private static String text(List<BulkJob> running) {
    long left = running.stream().mapToLong(BulkJob::remaining).sum();
    return running.size() == 1
        ? "1 bulk job runs, " + Texts.count(left) + " left"
        : running.size() + " bulk jobs run, " + Texts.count(left) + " left";
  }
}

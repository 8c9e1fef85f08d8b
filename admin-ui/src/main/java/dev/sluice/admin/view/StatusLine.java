package dev.sluice.admin.view;

import dev.sluice.admin.api.BulkJob;
import dev.sluice.admin.api.Meta;
import dev.sluice.admin.model.Texts;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.Times;
import dev.sluice.admin.viewmodel.Console;
import dev.sluice.admin.viewmodel.Screen;
import dev.sluice.admin.viewmodel.Session;
import dev.sluice.admin.viewmodel.SessionModels;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.feather.Feather;

/// The status line: version of the service, age of the data on the screen, duration of the last
/// request, and running bulk jobs.
final class StatusLine extends HBox {

  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final Duration QUICK = Duration.ofMillis(20);

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
    Keys.on(jobs, "Shortcut+" + Screen.ACTIVITY.digit(), "Show bulk jobs");
    getChildren().addAll(version, age, request, Controls.spring(), jobs);
    times.second().addListener((_, _, _) -> showAge());
    console.screen().addListener((_, _, _) -> showAge());
    console.models().addListener((_, _, now) -> follow(now));
    follow(console.models().get());
  }

  private void follow(Optional<SessionModels> models) {
    models
        .map(SessionModels::session)
        .ifPresent(
            session -> {
              session
                  .requestTime()
                  .addListener(
                      (_, _, now) -> {
                        showRequest(now);
                        showAge();
                      });
              session.meta().addListener((_, _, _) -> showService());
              session.jobs().value().addListener((_, _, _) -> showJobs());
            });
    showService();
    showAge();
    showRequest(session().flatMap(session -> session.requestTime().get()));
    showJobs();
  }

  private Optional<Session> session() {
    return console.models().get().map(SessionModels::session);
  }

  private void showService() {
    version.setText(
        session().map(some -> some.meta().get()).map(StatusLine::about).orElse("not connected"));
  }

  private void showAge() {
    age.setText(
        console
            .models()
            .get()
            .flatMap(models -> models.asOf(console.screen().get()))
            .map(time -> "data " + age(times.age(time)) + " old")
            .orElse(""));
  }

  private void showRequest(Optional<Duration> took) {
    request.setText(took.map(time -> "last request " + time(time)).orElse(""));
  }

  private void showJobs() {
    List<BulkJob> running =
        session().flatMap(some -> some.jobs().last()).orElse(List.of()).stream()
            .filter(BulkJob::isRunning)
            .toList();
    Controls.shown(jobs, !running.isEmpty());
    jobs.setText(text(running));
  }

  /// Shows the age only from five seconds on: a line that changes every second draws the eye, and
  /// repainting the window every second costs more than everything else that an idle console does.
  private static String age(Duration age) {
    return age.compareTo(FRESH) < 0 ? "under " + Texts.duration(FRESH) : Texts.duration(age);
  }

  private static String time(Duration time) {
    return time.compareTo(QUICK) < 0
        ? "under " + Texts.duration(QUICK)
        : Texts.seconds(time.toNanos() / 1e9);
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
        + meta.role()
        + (meta.deliversNowhere() ? " · demo handler only, nothing is delivered" : "");
  }

  private static String text(List<BulkJob> running) {
    long left = running.stream().mapToLong(BulkJob::remaining).sum();
    return running.size() == 1
        ? "1 bulk job running, " + Texts.count(left) + " left"
        : running.size() + " bulk jobs running, " + Texts.count(left) + " left";
  }
}

package dev.sluice.admin.view.events;

import dev.sluice.admin.api.EventDetail;
import dev.sluice.admin.api.Failure;
import dev.sluice.admin.api.Response;
import dev.sluice.admin.model.Texts;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.ViewContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The timeline of a delivery: its attempts and the waits between them, which show why it took so
/// long.
final class Timeline extends VBox {

  private final ViewContext at;
  private final Set<String> opened;

  /// @param opened ids of the attempts whose responses are shown; changed by the user
  Timeline(ViewContext at, Set<String> opened) {
    this.at = at;
    this.opened = opened;
    getStyleClass().add("timeline");
  }

  void show(EventDetail.History event, EventDetail.Delivery delivery) {
    getChildren().clear();
    step(Feather.INBOX, "received", event.receivedAt(), "", "step-calm");
    Instant before = event.receivedAt();
    for (EventDetail.Attempt attempt : delivery.attempts()) {
      gap(Duration.between(before, attempt.startedAt()));
      attempt(attempt);
      Optional.ofNullable(attempt.response())
          .ifPresent(sent -> response(id(delivery, attempt), attempt, sent));
      before = Optional.ofNullable(attempt.endedAt()).orElse(attempt.startedAt());
    }
    end(delivery, before);
  }

  private void gap(Duration wait) {
    if (wait.toMillis() > 0) {
      var label = Controls.label("waited " + Texts.duration(wait), "step-wait", "muted");
      getChildren().add(label);
    }
  }

  private void attempt(EventDetail.Attempt attempt) {
    String took =
        Optional.ofNullable(attempt.durationMs())
            .map(length -> "took " + Texts.duration(Duration.ofMillis(length)))
            .orElse("in progress");
    String under =
        Optional.ofNullable(attempt.subscriptionVersion())
            .map(version -> ", version " + version)
            .orElse("");
    step(
        icon(attempt.outcome()),
        "attempt " + attempt.number() + " " + attempt.outcome().replace('_', ' '),
        attempt.startedAt(),
        took + " on " + attempt.worker() + under,
        tone(attempt.outcome()));
    Optional.ofNullable(attempt.error()).ifPresent(this::failure);
  }

  private static String id(EventDetail.Delivery delivery, EventDetail.Attempt attempt) {
    return delivery.subscription() + "-" + attempt.number();
  }

  /// Adds the response, which the user shows and hides.
  private void response(String id, EventDetail.Attempt attempt, Response sent) {
    var view = new ResponseView("response-" + id, true);
    view.getStyleClass().add("step-response");
    view.show(sent);
    String title = "Request and response of attempt " + attempt.number();
    var link = new Hyperlink("");
    link.setId("show-response-" + id);
    link.setAccessibleText(title);
    link.setOnAction(
        _ -> {
          if (!opened.remove(id)) {
            opened.add(id);
          }
          showOpened(id, link, view);
        });
    showOpened(id, link, view);
    HBox line = Controls.row(10, ResponseView.code(sent), Keys.link(link, title));
    line.getStyleClass().add("step-link");
    getChildren().addAll(line, view);
  }

  private void showOpened(String id, Hyperlink link, ResponseView view) {
    link.setText(opened.contains(id) ? "Hide details" : "Show details");
    link.setVisited(false);
    Controls.shown(view, opened.contains(id));
  }

  private void failure(Failure failure) {
    Label text = Controls.paragraph(failure.summary(), "step-error", "mono");
    text.setMaxHeight(54);
    getChildren().add(text);
  }

  private static Feather icon(String outcome) {
    return switch (outcome) {
      case "succeeded" -> Feather.CHECK;
      case "running" -> Feather.PLAY;
      case "handed_back" -> Feather.CORNER_UP_LEFT;
      case "timed_out" -> Feather.CLOCK;
      default -> Feather.X;
    };
  }

  private static String tone(String outcome) {
    return switch (outcome) {
      case "succeeded" -> "step-good";
      case "running", "handed_back" -> "step-calm";
      default -> "step-bad";
    };
  }

  private void end(EventDetail.Delivery delivery, Instant before) {
    if (delivery.finishedAt() != null) {
      gap(Duration.between(before, delivery.finishedAt()));
      step(
          Icons.of(delivery.status()),
          delivery.status().wireName(),
          delivery.finishedAt(),
          "",
          "step-" + delivery.status().wireName());
    } else if (delivery.nextAttemptAt() != null) {
      next(delivery.nextAttemptAt());
    }
  }

  private void next(Instant due) {
    Label name = step(Feather.CLOCK, "next attempt", due, "", "step-next");
    name.textProperty().bind(at.times().running(() -> "next attempt " + at.times().distance(due)));
  }

  private Label step(Feather icon, String title, Instant time, String more, String tone) {
    Label name = Controls.label(title, "step-title");
    name.setMinWidth(Region.USE_PREF_SIZE);
    Label clock = Controls.label(at.times().shortTime(time), "mono", "muted");
    clock.setMinWidth(Region.USE_PREF_SIZE);
    HBox row =
        Controls.row(
            8,
            Controls.styled(Icons.of(icon), "step-icon"),
            name,
            Controls.label(more, "muted"),
            Controls.spring(),
            clock);
    row.getStyleClass().addAll("step", tone);
    row.setAccessibleText(title + " at " + at.times().fullTime(time) + " " + more);
    getChildren().add(row);
    return name;
  }

  /// Creates a timeline for each delivery of an event.
  static List<Timeline> all(ViewContext at, EventDetail.History event, Set<String> opened) {
    return event.deliveries().stream()
        .map(
            delivery -> {
              var line = new Timeline(at, opened);
              line.show(event, delivery);
              return line;
            })
        .toList();
  }
}

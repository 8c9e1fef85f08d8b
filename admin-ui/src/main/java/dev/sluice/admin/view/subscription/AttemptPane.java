package dev.sluice.admin.view.subscription;

import dev.sluice.admin.api.Failure;
import dev.sluice.admin.api.Response;
import dev.sluice.admin.api.SubscriptionAttempt;
import dev.sluice.admin.model.Texts;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.view.events.ResponseView;
import java.time.Duration;
import java.util.Optional;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The selected attempt: its request and the response, side by side.
final class AttemptPane extends VBox {

  private final ViewContext at;
  private final GridPane facts = new GridPane(12, 6);
  private final Label none = Controls.paragraph("", "muted");
  private final ResponseView response = new ResponseView("attempt-response", false);

  AttemptPane(ViewContext at) {
    this.at = at;
    setId("attempt-pane");
    var names = new ColumnConstraints();
    names.setMinWidth(72);
    var values = new ColumnConstraints();
    values.setHgrow(Priority.ALWAYS);
    facts.getColumnConstraints().setAll(names, values);
    VBox request = Controls.column(8, Controls.label("Request", "card-title"), facts);
    VBox answer = Controls.column(8, Controls.label("Response", "card-title"), none, response);
    request.setMinWidth(0);
    answer.setMinWidth(0);
    getChildren().add(new TwoColumns(request, answer));
  }

  void show(SubscriptionAttempt attempt) {
    facts.getChildren().clear();
    Optional<Response> sent = Optional.ofNullable(attempt.response());
    sent.ifPresent(some -> code("POST", some.url()));
    fact("Event", link(attempt.eventId()));
    Optional.ofNullable(attempt.eventType()).ifPresent(type -> code("Type", type));
    code("Attempt", String.valueOf(attempt.number()));
    code("Started", at.times().fullTime(attempt.startedAt()));
    Optional.ofNullable(attempt.durationMs())
        .ifPresent(millis -> code("Duration", Texts.duration(Duration.ofMillis(millis))));
    Optional.ofNullable(attempt.worker()).ifPresent(worker -> code("Node", worker));
    code("Outcome", attempt.outcome().replace('_', ' '));
    Optional.ofNullable(attempt.error())
        .map(Failure::summary)
        .ifPresent(text -> code("Error", text));
    none.setText(
        attempt.outcome().equals("running")
            ? "The request is in progress."
            : "No request was sent, or its response was not stored.");
    Controls.shown(none, sent.isEmpty());
    Controls.shown(response, sent.isPresent());
    sent.ifPresent(response::show);
  }

  private Hyperlink link(String eventId) {
    var link = new Hyperlink(eventId);
    link.setId("event-of-attempt");
    String title = "Open the event " + eventId;
    link.setAccessibleText(title);
    link.setOnAction(_ -> at.models().open(eventId));
    return Keys.link(link, title);
  }

  private void code(String name, String value) {
    fact(name, Controls.paragraph(value, "mono"));
  }

  private void fact(String name, Node value) {
    Label label = Controls.label(name, "muted");
    GridPane.setValignment(label, VPos.TOP);
    facts.addRow(facts.getRowCount(), label, value);
  }
}

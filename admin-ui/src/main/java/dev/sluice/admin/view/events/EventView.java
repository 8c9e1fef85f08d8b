package dev.sluice.admin.view.events;

import dev.sluice.admin.api.EventDetail;
import dev.sluice.admin.api.Failure;
import dev.sluice.admin.api.Status;
import dev.sluice.admin.model.EventAction;
import dev.sluice.admin.model.EventQuery;
import dev.sluice.admin.model.Field;
import dev.sluice.admin.model.Term;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Hints;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.Scroll;
import dev.sluice.admin.view.control.StatusChip;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.EventModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextArea;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The drawer with one event: its status and explanation, timeline, payload and actions.
public final class EventView extends VBox {

  private final ViewContext at;
  private final EventModel model;
  private final StatusChip chip = new StatusChip();
  private final Label sentence = Controls.paragraph("", "explain");
  private final EventActions actions;
  private final VBox story = new VBox(12);
  private final GridPane facts = new GridPane(12, 6);
  private final PayloadPane payload;
  private final PayloadPane answer;
  private final StackPane payloadStage = new StackPane();
  private final StackPane body = new StackPane();
  private final TabPane tabs;

  /// The attempts whose responses are shown; they stay when the history is drawn again.
  private final Set<String> openedResponses = new HashSet<>();

  /// The history that the timeline shows. The same history is not drawn again, so that the user can
  /// read and select in it.
  private EventDetail.@Nullable History drawn;

  public EventView(ViewContext at, EventModel model) {
    super(10);
    this.at = at;
    this.model = model;
    this.actions = new EventActions(at, model);
    this.payload = new PayloadPane(at, "payload");
    this.answer = new PayloadPane(at, "response");
    this.tabs = tabs();
    setId("event-view");
    getStyleClass().add("drawer");
    setPadding(new Insets(14, 16, 12, 16));
    body.getChildren().setAll(Hints.skeleton(6));
    getChildren()
        .addAll(head(), sentence, actions, Hints.failure(model.detail(), at), Controls.grow(body));
    model.detail().value().addListener((_, _, _) -> model.detail().last().ifPresent(this::show));
    model.detail().failure().addListener((_, _, _) -> showMissing());
    model.explanation().value().addListener((_, _, _) -> showSentence());
    model.detail().last().ifPresent(this::show);
    showSentence();
  }

  private HBox head() {
    Label id = Controls.label(model.id(), "mono", "drawer-title");
    id.setMinWidth(0);
    Button copy =
        Controls.iconButton(
            "copy-id", Feather.COPY, "I", "Copy the event id", () -> at.copy("id", model.id()));
    Button close =
        Controls.iconButton(
            "close-event", Feather.X, "Esc", "Close the event", at.models()::closeEvent);
    return Controls.row(8, chip, id, copy, Controls.spring(), close);
  }

  private TabPane tabs() {
    var scroll = new Scroll(new VBox(14, story, facts));
    var pane =
        new TabPane(tab("Timeline", scroll), tab("Payload", payloadStage), tab("Response", answer));
    pane.setId("event-tabs");
    pane.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
    pane.getStyleClass().add("drawer-tabs");
    return pane;
  }

  private static Tab tab(String title, Node content) {
    return new Tab(title, new StackPane(content));
  }

  /// Shows the timeline, the payload or the response.
  public void showTab(int number) {
    tabs.getSelectionModel().select(number);
  }

  private void showSentence() {
    sentence.setText(
        model.explanation().last().map(explanation -> explanation.sentence()).orElse(""));
    Controls.shown(sentence, !sentence.getText().isEmpty());
  }

  private void showMissing() {
    boolean missing =
        model.detail().failure().get().map(failure -> failure.fault().isMissing()).orElse(false);
    if (missing && model.detail().last().isEmpty()) {
      chip.setVisible(false);
      body.getChildren()
          .setAll(
              Hints.middle(
                  Feather.HELP_CIRCLE,
                  "Event not found",
                  "It was never stored, or retention has removed it."));
    }
  }

  private void show(EventDetail event) {
    EventDetail.History history = event.history();
    chip.show(history.status());
    actions.refresh();
    if (!body.getChildren().contains(tabs)) {
      body.getChildren().setAll(tabs);
    }
    if (!history.equals(drawn)) {
      drawn = history;
      showStory(history);
      showFacts(history);
    }
    if (event.payload() == null) {
      payloadStage
          .getChildren()
          .setAll(
              Hints.middle(Feather.EYE_OFF, "Payload hidden", "This key may not see payloads."));
    } else {
      payload.show(event.payload());
      payloadStage.getChildren().setAll(payload);
    }
    answer.show(event.raw());
  }

  private void showStory(EventDetail.History history) {
    List<Node> nodes = new ArrayList<>();
    List<Timeline> lines = Timeline.all(at, history, openedResponses);
    for (int place = 0; place < lines.size(); place++) {
      if (lines.size() > 1) {
        nodes.add(Controls.label(history.deliveries().get(place).subscription(), "card-title"));
      }
      nodes.add(lines.get(place));
    }
    if (lines.isEmpty()) {
      nodes.add(Controls.paragraph("No subscription matches events of this type.", "muted"));
    }
    Optional.ofNullable(history.lastError())
        .filter(_ -> history.status() != Status.COMPLETED)
        .ifPresent(failure -> nodes.add(trace(failure)));
    story.getChildren().setAll(nodes);
  }

  private Node trace(Failure failure) {
    var text = new TextArea(failure.error() + ": " + failure.message());
    text.setEditable(false);
    text.setId("error-trace");
    text.setPrefRowCount(Math.clamp(failure.message().lines().count() + 1, 2, 12));
    text.getStyleClass().addAll("mono", "trace");
    text.setAccessibleText("Last error");
    return Controls.column(6, Controls.label("Last error", "card-title"), text);
  }

  private void showFacts(EventDetail.History history) {
    facts.getChildren().clear();
    fact("Type", link(Field.TYPE, history.eventType()));
    fact("Occurred", time(history.occurredAt()));
    fact("Received", time(history.receivedAt()));
    time("Scheduled for", history.deliverAt());
    time("Expires", history.expiresAt());
    Optional.ofNullable(history.priority())
        .ifPresent(priority -> text("Priority", priority + " of 9"));
    Optional.ofNullable(history.key()).ifPresent(key -> fact("Key", link(Field.KEY, key)));
    text("Source", history.source());
    text("Subject", history.subject());
    text("Trace", history.traceparent());
    text("Trace state", history.tracestate());
    Optional.ofNullable(history.replayOf())
        .ifPresent(
            other -> {
              var link = new Hyperlink(other);
              link.setOnAction(_ -> at.models().open(other));
              fact("Replay of", Keys.link(link, "Open the event " + other));
            });
    Optional.ofNullable(history.extensions())
        .ifPresent(all -> all.forEach((name, value) -> text(name, value)));
  }

  private void text(String name, @Nullable String value) {
    if (value != null) {
      fact(name, Controls.label(value, "mono"));
    }
  }

  private void time(String name, @Nullable Instant time) {
    if (time != null) {
      fact(name, time(time));
    }
  }

  private Label time(Instant time) {
    return Controls.label(at.times().fullTime(time), "mono");
  }

  private Hyperlink link(Field field, String value) {
    var link = new Hyperlink(value);
    String title = "Events with " + field.word() + " " + value;
    link.setAccessibleText(title);
    link.setOnAction(
        _ -> at.console().showEvents(new EventQuery(List.of(new Term(field, value)), List.of())));
    return Keys.link(link, title);
  }

  private void fact(String name, Node value) {
    int row = facts.getRowCount();
    facts.add(Controls.label(name, "muted"), 0, row);
    facts.add(value, 1, row);
  }

  public EventModel model() {
    return model;
  }

  /// Runs an action. Asks for confirmation before it cancels or discards.
  public void act(EventAction eventAction) {
    actions.act(eventAction);
  }

  /// Asks for another time of the first attempt.
  public void reschedule() {
    actions.reschedule();
  }

  public void editAndReplay() {
    actions.edit();
  }
}

package dev.sluice.admin.view.subscription;

import dev.sluice.admin.api.DraftField;
import dev.sluice.admin.view.control.Choices;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Hints;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.viewmodel.FormField;
import java.util.Locale;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.TraversalDirection;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// A field of the form with its label; below it, what is wrong with it, why the event of a test
/// does not pass it, and what another user made of it.
final class FieldView extends VBox {

  private static final double LABEL = 120;
  private static final double GAP = 8;
  private static final String[] FORMATS = {
    "standard", "cloudevents", "cloudevents-structured", "slack", "discord", "teams", "template"
  };
  private static final Insets UNDER_CONTROL = new Insets(0, 0, 0, LABEL + GAP);

  private final DraftField field;
  private final FormField model;
  private final Control control;
  private String prompt = "";
  private final Label problem = Controls.paragraph("", "mistake");
  private final Label mismatch = Controls.paragraph("", "mismatch");
  private final Label theirText = Controls.paragraph("", "mono");
  private final HBox theirs;

  FieldView(DraftField field, FormField model) {
    super(3);
    this.field = field;
    this.model = model;
    this.control = control();
    control.setId("subscription-" + field.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    control.setAccessibleText(field.title());
    Label label = Controls.label(field.title(), "muted");
    label.setMinWidth(LABEL);
    label.setLabelFor(control);
    control.setMaxWidth(Double.MAX_VALUE);
    this.theirs = theirs();
    problem.setId(control.getId() + "-problem");
    VBox.setMargin(problem, UNDER_CONTROL);
    mismatch.setId(control.getId() + "-mismatch");
    VBox.setMargin(mismatch, UNDER_CONTROL);
    VBox.setMargin(theirs, UNDER_CONTROL);
    getChildren().addAll(row(label), problem, mismatch, theirs);
    model.problem().addListener((_, _, _) -> refresh());
    model.mismatch().addListener((_, _, _) -> refresh());
    model.theirs().addListener((_, _, _) -> refresh());
    refresh();
  }

  /// Puts the label beside the first line of the control.
  private HBox row(Label label) {
    HBox row = Controls.row(GAP, label, Controls.grow(control));
    if (control instanceof TextArea) {
      row.setAlignment(Pos.TOP_LEFT);
      label.setPadding(new Insets(8, 0, 0, 0));
    }
    return row;
  }

  private Control control() {
    return switch (field) {
      case TYPES -> area(4, "One type a line: order.paid, order.* or *");
      case FILTER -> area(9, "Optional JSON, such as {\"payload\": {\"country\": [\"DE\"]}}");
      case DESTINATION -> choice("Alt+D", "log", "demo", "webhook");
      case URL -> text("https://example.com/hooks");
      case FORMAT -> choice("Alt+F", FORMATS);
      case TEMPLATE -> area(6, "JSON, such as {\"text\": \"{{event_type}} {{subject}}\"}");
      case HEADERS -> area(2, "One header a line: X-Team: billing");
      case CREDENTIALS -> choice("Alt+A", "", "bearer", "basic", "header");
      case USERNAME -> text("");
      case AUTH_HEADER -> text("X-Api-Key");
      case TOKEN, PASSWORD, AUTH_VALUE -> secret("Leave empty to keep the stored one");
      case SECRET -> secret("Leave empty to keep the stored one, or to get a new one");
      case PERMANENT_STATUSES -> text("Statuses, such as 410, 422");
      case NAME -> text("a-z, 0-9, '-', '_' and '.'");
      case DESCRIPTION -> text("For people to read");
      case MAX_RETRIES -> text("5");
      case BASE -> text("1s");
      case FACTOR -> text("2");
      case CAP -> text("5m");
      case WAITS -> text("Instead of the above: 5s, 5m, 1h");
      case MAX_AGE -> text("3d; 0s for no limit");
      case TIMEOUT -> text("15s");
      case CONCURRENCY -> text("Attempts at a time");
      case RATE -> text("Attempts that begin in a second");
      case BURST -> text("Attempts at once after an idle period");
      case DELAY -> text("Time between an event and its first attempt, such as 10m");
      case ORDERING -> choice("Alt+O", "", "continue", "block");
    };
  }

  private TextField text(String example) {
    var text = new TextField();
    prompt = example;
    text.textProperty().bindBidirectional(model.text());
    return text;
  }

  private TextArea area(int rows, String example) {
    var area = new TextArea();
    prompt = example;
    area.setPrefRowCount(rows);
    area.getStyleClass().add("mono");
    area.textProperty().bindBidirectional(model.text());
    area.addEventFilter(KeyEvent.KEY_PRESSED, FieldView::leaveWithTab);
    return area;
  }

  /// Tab moves on, as in all fields, and is not typed.
  static void leaveWithTab(KeyEvent event) {
    if (event.getCode() == KeyCode.TAB && event.getSource() instanceof TextArea area) {
      event.consume();
      area.requestFocusTraversal(
          event.isShiftDown() ? TraversalDirection.PREVIOUS : TraversalDirection.NEXT);
    }
  }

  private PasswordField secret(String example) {
    var secret = new PasswordField();
    prompt = example;
    secret.textProperty().bindBidirectional(model.text());
    return secret;
  }

  private ChoiceBox<String> choice(String keys, String... values) {
    var choice = new ChoiceBox<String>();
    choice.setConverter(Choices.named(this::named));
    choice.getItems().setAll(values);
    offer(choice, model.text().get());
    model.text().addListener((_, _, value) -> offer(choice, value));
    choice.valueProperty().bindBidirectional(model.text());
    return Keys.on(choice, keys, field.title());
  }

  private String named(String value) {
    return value.isEmpty() ? "none" : field == DraftField.ORDERING ? ordering(value) : value;
  }

  /// Returns what an ordering means, by what a dead letter does.
  static String ordering(String onFailure) {
    return switch (onFailure) {
      case "continue" -> "one after another; the lane continues after a dead letter";
      case "block" -> "one after another; a dead letter blocks the lane";
      default -> onFailure;
    };
  }

  /// A value that this console does not know can stay as it is.
  private static void offer(ChoiceBox<String> choice, String value) {
    if (!choice.getItems().contains(value)) {
      choice.getItems().add(value);
    }
  }

  private HBox theirs() {
    Button use =
        Controls.button(
            control.getId() + "-theirs", "Use the new version's", model::useTheirs, "small");
    Keys.on(use, "Alt+U", "Replace what you typed in " + field.title());
    return Controls.row(8, Controls.label("New version:", "muted"), Controls.grow(theirText), use);
  }

  private void refresh() {
    String wrong = model.problem().get();
    problem.setText(Hints.capital(wrong));
    Controls.shown(problem, !wrong.isEmpty());
    String why = model.mismatch().get();
    mismatch.setText(why);
    Controls.shown(mismatch, !why.isEmpty());
    control.setAccessibleHelp(wrong.isEmpty() ? why : wrong);
    Optional<String> newer = model.theirs().get();
    theirText.setText(newer.map(text -> text.isEmpty() ? "(empty)" : text).orElse(""));
    Controls.shown(theirs, newer.isPresent());
  }

  /// Makes the field editable or read-only.
  void setOpen(boolean open) {
    if (control instanceof TextInputControl text) {
      text.setEditable(open);
      // An example would look like the value of a field that cannot be changed.
      text.setPromptText(open ? prompt : "");
    } else {
      control.setDisable(!open);
    }
    theirs.setDisable(!open);
  }

  boolean isOpen() {
    return control instanceof TextInputControl text ? text.isEditable() : !control.isDisabled();
  }

  void focus() {
    control.requestFocus();
  }
}

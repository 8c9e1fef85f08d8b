package dev.sluice.admin.view.events;

import dev.sluice.admin.api.Subscription;
import dev.sluice.admin.model.Completions;
import dev.sluice.admin.model.EventQuery;
import dev.sluice.admin.model.Term;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.EventsModel;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The query bar: a text field with completions, a chip for each term of the current query, and
/// messages about invalid text.
final class QueryBar extends VBox {

  private final ViewContext at;
  private final EventsModel model;
  private final TextField field = new TextField();
  private final FlowPane chips = new FlowPane(6, 6);
  private final Label mistakes = Controls.paragraph("", "mistake");
  private final Proposals proposals;

  QueryBar(ViewContext at, EventsModel model, String prompt) {
    super(6);
    this.at = at;
    this.model = model;
    getStyleClass().add("query-bar");
    field.setId("query");
    field.setPromptText(prompt);
    field.setAccessibleText("Query. Enter applies it");
    field.getStyleClass().add("mono");
    field.textProperty().bindBidirectional(model.text());
    HBox.setHgrow(field, Priority.ALWAYS);
    this.proposals = new Proposals(field, this::completions);
    field.addEventHandler(KeyEvent.KEY_PRESSED, this::keyPressed);
    Button clear =
        Controls.iconButton(
            "clear-query", Feather.X, "A", "Clear the query", () -> model.apply(EventQuery.ALL));
    getChildren().addAll(Controls.row(6, Icons.of(Feather.SEARCH), field, clear), mistakes, chips);
    model.query().addListener((_, _, query) -> show(query));
    model.mistakes().addListener((_, _, _) -> showMistakes());
    showMistakes();
    show(model.query().get());
  }

  private void keyPressed(KeyEvent event) {
    if (event.getCode() == KeyCode.ENTER) {
      event.consume();
      proposals.hide();
      model.apply().ifPresent(at.models()::open);
    }
  }

  private Completions completions() {
    List<String> subscriptions =
        at.models().subscriptions().subscriptions().last().stream()
            .flatMap(page -> page.items().stream())
            .map(Subscription::name)
            .toList();
    return Completions.at(
        field.getText(), field.getCaretPosition(), at.models().session().types(), subscriptions);
  }

  private void showMistakes() {
    mistakes.setText(String.join("\n", model.mistakes().get()));
    Controls.shown(mistakes, !model.mistakes().get().isEmpty());
  }

  private void show(EventQuery query) {
    chips.getChildren().setAll(query.terms().stream().map(this::chip).toList());
    Controls.shown(chips, !query.terms().isEmpty());
  }

  private Button chip(Term term) {
    Button chip =
        Controls.button(
            "chip-" + term,
            term.toString(),
            () -> model.apply(model.query().get().without(term)),
            "query-chip",
            "mono");
    chip.setGraphic(Icons.of(Feather.X));
    chip.setAccessibleText("Remove " + term);
    return Keys.link(chip, "Remove " + term);
  }

  /// Moves the focus to the text field.
  void focus() {
    field.requestFocus();
    field.selectAll();
  }
}

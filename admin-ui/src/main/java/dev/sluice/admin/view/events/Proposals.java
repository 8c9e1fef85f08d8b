package dev.sluice.admin.view.events;

import dev.sluice.admin.model.Completions;
import dev.sluice.admin.model.Completions.Proposal;
import dev.sluice.admin.view.control.Controls;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.stage.Popup;

/// Completions below a text field. The focus stays in the field: arrow keys select a completion,
/// Tab accepts the selected or the first one, Enter accepts only a selected one.
final class Proposals {

  private static final int MOST_SEEN = 8;
  private static final double ROW = 30;

  private final TextField field;
  private final Supplier<Completions> source;
  private final Popup popup = new Popup();
  private final ListView<Proposal> list = new ListView<>();
  private Completions found = new Completions(0, 0, java.util.List.of());

  /// @param source completions at the caret
  Proposals(TextField field, Supplier<Completions> source) {
    this.field = field;
    this.source = source;
    list.setFixedCellSize(ROW);
    list.setPrefWidth(460);
    list.setFocusTraversable(false);
    list.getStyleClass().add("proposals");
    list.setCellFactory(_ -> new ProposalCell());
    list.setOnMouseClicked(_ -> take());
    popup.getContent().add(list);
    popup.setAutoHide(true);
    popup.setConsumeAutoHidingEvents(false);
    field.addEventHandler(KeyEvent.KEY_TYPED, this::keyTyped);
    field
        .focusedProperty()
        .addListener(
            (_, _, has) -> {
              if (!has) {
                popup.hide();
              }
            });
    field.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
  }

  /// Completes only typed text, not text from a click or Enter. Runs later, because the field
  /// inserts the character after this event.
  private void keyTyped(KeyEvent event) {
    boolean letter = !event.isShortcutDown() && !"\r\t\u001b".contains(event.getCharacter());
    if (letter) {
      Platform.runLater(this::propose);
    }
  }

  private void keyPressed(KeyEvent event) {
    if (!popup.isShowing()) {
      return;
    }
    switch (event.getCode()) {
      case DOWN -> list.getSelectionModel().selectNext();
      case UP -> list.getSelectionModel().selectPrevious();
      case ESCAPE -> popup.hide();
      case TAB -> takeFirst();
      case ENTER -> {
        if (list.getSelectionModel().isEmpty()) {
          popup.hide();
          return;
        }
        take();
      }
      default -> {
        return;
      }
    }
    list.scrollTo(Math.max(0, list.getSelectionModel().getSelectedIndex()));
    event.consume();
  }

  private void takeFirst() {
    if (list.getSelectionModel().isEmpty()) {
      list.getSelectionModel().selectFirst();
    }
    take();
  }

  private void take() {
    Proposal chosen = list.getSelectionModel().getSelectedItem();
    if (chosen != null) {
      int caret = found.from() + chosen.text().length();
      field.setText(found.accept(field.getText(), chosen));
      field.positionCaret(caret);
      propose();
    }
  }

  private void propose() {
    if (!field.isFocused() || field.getText().isEmpty() || field.getScene() == null) {
      popup.hide();
      return;
    }
    found = source.get();
    list.getItems().setAll(found.proposals());
    list.getSelectionModel().clearSelection();
    int rows = Math.min(MOST_SEEN, found.proposals().size());
    list.setPrefHeight(rows * ROW + 4);
    if (rows == 0) {
      popup.hide();
    } else if (!popup.isShowing()) {
      Bounds at = field.localToScreen(field.getBoundsInLocal());
      popup.show(field, at.getMinX(), at.getMaxY() + 2);
    }
  }

  void hide() {
    popup.hide();
  }

  private static final class ProposalCell extends ListCell<Proposal> {

    @Override
    protected void updateItem(Proposal proposal, boolean empty) {
      super.updateItem(proposal, empty);
      setGraphic(
          empty || proposal == null
              ? null
              : Controls.row(
                  12,
                  Controls.label(proposal.text(), "mono"),
                  Controls.label(proposal.meaning(), "muted")));
    }
  }
}

package dev.sluice.admin.view.control;

import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A dialog: a card with a title, content and buttons.
public final class Dialog extends VBox {

  private final VBox content = new VBox(10);
  private final HBox buttons = new HBox(8);

  public Dialog(String title, double width) {
    super(14);
    getStyleClass().add("dialog-card");
    setPrefWidth(width);
    setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    setAccessibleRole(AccessibleRole.DIALOG);
    setAccessibleText(title);
    Label head = Controls.paragraph(title, "title-4");
    buttons.setAlignment(Pos.CENTER_RIGHT);
    buttons.getStyleClass().add("dialog-buttons");
    getChildren().addAll(head, content, buttons);
  }

  public Dialog with(Node... nodes) {
    content.getChildren().setAll(nodes);
    return this;
  }

  /// Sets the buttons. Those without a key get Ctrl+Enter for the main action and Esc for the
  /// others.
  public Dialog buttons(Button... all) {
    for (Button button : all) {
      if (button.getTooltip() == null) {
        Keys.on(button, isAboutIt(button) ? "Shortcut+Enter" : "Esc", button.getText());
      }
    }
    buttons.getChildren().setAll(all);
    return this;
  }

  private static boolean isAboutIt(Button button) {
    return button.getStyleClass().contains("accent") || button.getStyleClass().contains("danger");
  }
}

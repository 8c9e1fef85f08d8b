package dev.sluice.admin.view;

import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.viewmodel.Console;
import dev.sluice.admin.viewmodel.Screen;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Navigation between screens; narrow windows show icons only.
final class Rail extends VBox {

  /// Minimum window width for labels.
  private static final double WORDS_FROM = 1_200;

  Rail(Console console) {
    super(4);
    setId("rail");
    getStyleClass().add("rail");
    var group = new ToggleGroup();
    Label name = Controls.label("Sluice", "rail-name");
    getChildren().add(name);
    for (Screen screen : Screen.values()) {
      if (screen == Screen.SETTINGS) {
        var spring = new Region();
        VBox.setVgrow(spring, Priority.ALWAYS);
        getChildren().add(spring);
      }
      getChildren().add(button(console, screen, group));
    }
    sceneProperty()
        .flatMap(scene -> scene.widthProperty())
        .addListener((_, _, width) -> showWords(width.doubleValue() >= WORDS_FROM));
  }

  private static ToggleButton button(Console console, Screen screen, ToggleGroup group) {
    var button = new ToggleButton(screen.title());
    button.setId("rail-" + screen.name().toLowerCase(java.util.Locale.ROOT));
    button.setGraphic(Icons.of(Icons.of(screen)));
    button.setToggleGroup(group);
    button.setMaxWidth(Double.MAX_VALUE);
    button.getStyleClass().add("rail-button");
    button.setAccessibleText(screen.title());
    Keys.on(button, "Shortcut+" + screen.digit(), screen.title());
    button.setOnAction(
        _ -> {
          button.setSelected(true);
          console.show(screen);
        });
    button.setSelected(console.screen().get() == screen);
    console.screen().addListener((_, _, now) -> button.setSelected(now == screen));
    return button;
  }

  private void showWords(boolean shown) {
    getStyleClass().remove("narrow");
    if (!shown) {
      getStyleClass().add("narrow");
    }
    getChildren()
        .forEach(
            node -> {
              if (node instanceof ToggleButton button) {
                button.setContentDisplay(
                    shown
                        ? javafx.scene.control.ContentDisplay.LEFT
                        : javafx.scene.control.ContentDisplay.GRAPHIC_ONLY);
              } else if (node instanceof Label label) {
                label.setText(shown ? "Sluice" : "S");
              }
            });
  }
}

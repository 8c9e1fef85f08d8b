package dev.sluice.admin.view.control;

import javafx.beans.value.ObservableValue;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// Small pieces that screens are put together from.
public final class Controls {

  private Controls() {}

  public static Label label(String text, String... classes) {
    var label = new Label(text);
    label.getStyleClass().addAll(classes);
    return label;
  }

  public static Label label(ObservableValue<String> text, String... classes) {
    Label label = label("", classes);
    label.textProperty().bind(text);
    return label;
  }

  /// A label that may take several lines.
  public static Label paragraph(String text, String... classes) {
    Label label = label(text, classes);
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    return label;
  }

  public static Button button(String id, String text, Runnable action, String... classes) {
    var button = new Button(text);
    // An underscore in an event type is no mnemonic.
    button.setMnemonicParsing(false);
    button.setId(id);
    button.setOnAction(_ -> action.run());
    button.setAccessibleText(text);
    button.getStyleClass().addAll(classes);
    return button;
  }

  /// A button that is only an icon. What it does stands on its tooltip.
  public static Button iconButton(
      String id, Feather icon, String keys, String title, Runnable action) {
    Button button = button(id, "", action, "button-icon", "flat");
    button.setGraphic(Icons.of(icon));
    button.setAccessibleText(title);
    return Keys.on(button, keys, title);
  }

  /// An entry of a menu; underscores in it are underscores.
  public static MenuItem menuItem(String text, Runnable action) {
    var item = new MenuItem(text);
    item.setMnemonicParsing(false);
    item.setOnAction(_ -> action.run());
    return item;
  }

  public static Region spring() {
    var spring = new Region();
    HBox.setHgrow(spring, Priority.ALWAYS);
    return spring;
  }

  public static HBox row(double gap, Node... nodes) {
    var row = new HBox(gap, nodes);
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }

  public static VBox column(double gap, Node... nodes) {
    return new VBox(gap, nodes);
  }

  /// A screen that is longer than its window, and never wider. So nobody needs to work out, with
  /// each number that changes, how narrow all that is in it could be.
  public static ScrollPane scrolling(Region content) {
    content.setPadding(new Insets(16));
    content.setMinWidth(0);
    return new Scroll(content);
  }

  public static <T extends Node> T grow(T node) {
    VBox.setVgrow(node, Priority.ALWAYS);
    HBox.setHgrow(node, Priority.ALWAYS);
    return node;
  }

  public static <T extends Node> T styled(T node, String... classes) {
    node.getStyleClass().addAll(classes);
    return node;
  }

  /// Puts a style class in the place of the others of its kind. Of no cost where it is there: each
  /// change of classes has the toolkit look up all styles of a node anew.
  public static void dress(Node node, String kind, String wanted) {
    if (!node.getStyleClass().contains(wanted)) {
      node.getStyleClass().removeIf(name -> name.startsWith(kind));
      node.getStyleClass().add(wanted);
    }
  }

  /// Takes a node out of the layout as well as out of sight.
  public static void shown(Node node, boolean shown) {
    node.setVisible(shown);
    node.setManaged(shown);
  }

  public static void shownWhen(Node node, ObservableValue<Boolean> condition) {
    node.visibleProperty().bind(condition);
    node.managedProperty().bind(condition);
  }
}

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

/// Factory methods for the controls that screens consist of.
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

  /// Creates a label that wraps.
  public static Label paragraph(String text, String... classes) {
    Label label = label(text, classes);
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    return label;
  }

  public static Button button(String id, String text, Runnable action, String... classes) {
    var button = new Button(text);
    // An underscore, as in an event type, is not a mnemonic.
    button.setMnemonicParsing(false);
    button.setId(id);
    button.setOnAction(_ -> action.run());
    button.setAccessibleText(text);
    button.getStyleClass().addAll(classes);
    return button;
  }

  /// Creates an icon button with its action in the tooltip.
  public static Button iconButton(
      String id, Feather icon, String keys, String title, Runnable action) {
    Button button = button(id, "", action, "button-icon", "flat");
    button.setGraphic(Icons.of(icon));
    button.setAccessibleText(title);
    return Keys.on(button, keys, title);
  }

  /// Creates a menu item without mnemonics.
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

  /// Creates a screen that scrolls vertically and never exceeds the window's width. The zero
  /// minimum width spares the toolkit from computing, with every changed number, how narrow the
  /// content can be.
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

  /// Replaces the style class of a kind. Does nothing if it is already set, because each change
  /// makes the toolkit look up all styles of the node again.
  public static void dress(Node node, String kind, String wanted) {
    if (!node.getStyleClass().contains(wanted)) {
      node.getStyleClass().removeIf(name -> name.startsWith(kind));
      node.getStyleClass().add(wanted);
    }
  }

  /// Shows or hides a node, and adds it to or removes it from the layout.
  public static void shown(Node node, boolean shown) {
    node.setVisible(shown);
    node.setManaged(shown);
  }

  public static void shownWhen(Node node, ObservableValue<Boolean> condition) {
    node.visibleProperty().bind(condition);
    node.managedProperty().bind(condition);
  }
}

package dev.sluice.admin.view.operate;

import dev.sluice.admin.api.Nodes;
import dev.sluice.admin.model.Texts;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Hints;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.view.control.Redraw;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.NodesModel;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The nodes screen: the nodes of the service with their state and load.
public final class NodesView extends StackPane {

  private final ViewContext at;
  private final NodesModel model;
  private final FlowPane cards = new FlowPane(12, 12);
  private final Label summary = Controls.label("", "muted");

  public NodesView(ViewContext at) {
    this.at = at;
    this.model = at.models().nodes();
    var content =
        new VBox(
            14,
            Controls.row(12, Controls.label("Nodes", "title-4"), summary),
            Hints.failure(model.nodes(), at),
            cards);
    getChildren().add(Controls.scrolling(content));
    cards.getChildren().setAll(Hints.skeleton(4));
    model.nodes().value().addListener((_, _, _) -> refresh());
    refresh();
  }

  private void refresh() {
    model.nodes().last().ifPresent(this::show);
  }

  private void show(Nodes nodes) {
    long working = nodes.nodes().stream().filter(node -> node.state().equals("active")).count();
    summary.setText(working + " active, " + (nodes.nodes().size() - working) + " other");
    Redraw.keepingFocus(cards, nodes.nodes().stream().map(this::card).toList());
  }

  private VBox card(Nodes.Node node) {
    Label name = Controls.label(node.id(), "mono", "group-title");
    name.setMinWidth(0);
    Button copy =
        Controls.iconButton(
            "copy-" + node.id(),
            Feather.COPY,
            "Y",
            "Copy diagnostics of " + node.id(),
            () -> at.copy("diagnostics", model.diagnostics(node)));
    HBox head = Controls.row(8, name, state(node), Controls.spring(), copy);
    double share = node.slots() == 0 ? 0 : (double) node.inFlight() / node.slots();
    var load = new ProgressBar(share);
    load.setMaxWidth(Double.MAX_VALUE);
    load.setAccessibleText(node.inFlight() + " of " + node.slots() + " slots in use");
    var card =
        new VBox(
            8,
            head,
            load,
            fact("in progress", node.inFlight() + (node.slots() == 0 ? "" : " of " + node.slots())),
            fact("last seen", at.times().running(() -> at.times().distance(node.lastSeen()))),
            fact(
                "uptime",
                at.times().running(() -> Texts.duration(at.times().age(node.startedAt())))),
            fact("version", node.version()),
            fact("storage", node.storage() + ", " + node.durability()));
    card.getStyleClass().add("card");
    card.setPrefWidth(330);
    return card;
  }

  private static Label state(Nodes.Node node) {
    Label chip = Controls.label(node.state() + (node.answered() ? ", connected" : ""), "chip");
    chip.setGraphic(
        Icons.of(
            switch (node.state()) {
              case "active" -> Feather.CHECK;
              case "draining" -> Feather.LOG_OUT;
              case "left" -> Feather.POWER;
              default -> Feather.ALERT_TRIANGLE;
            }));
    chip.getStyleClass()
        .add(
            switch (node.state()) {
              case "active" -> "status-completed";
              case "draining" -> "status-retrying";
              case "left" -> "status-cancelled";
              default -> "status-failed";
            });
    chip.setMinWidth(Label.USE_PREF_SIZE);
    return chip;
  }

  private static Node fact(String name, String value) {
    return Controls.row(
        6, Controls.label(name, "muted"), Controls.spring(), Controls.label(value, "mono"));
  }

  private static Node fact(String name, javafx.beans.value.ObservableValue<String> value) {
    return Controls.row(
        6, Controls.label(name, "muted"), Controls.spring(), Controls.label(value, "mono"));
  }
}

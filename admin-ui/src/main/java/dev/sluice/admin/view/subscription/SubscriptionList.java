package dev.sluice.admin.view.subscription;

import dev.sluice.admin.api.Page;
import dev.sluice.admin.api.Subscription;
import dev.sluice.admin.model.Texts;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Hints;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.Permissions;
import dev.sluice.admin.view.control.RowScreen;
import dev.sluice.admin.view.control.UnroutedHint;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.SubscriptionRow;
import dev.sluice.admin.viewmodel.SubscriptionRows;
import dev.sluice.admin.viewmodel.SubscriptionsModel;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The list of subscriptions, with the field that narrows it and the actions on the selected one.
final class SubscriptionList extends VBox implements RowScreen {

  private final ViewContext at;
  private final SubscriptionsModel model;
  private final TextField filter = new TextField();
  private final SubscriptionTable table;
  private final StackPane stage = new StackPane(Hints.skeleton(9));
  private final Label size = Controls.label("", "muted");
  private final UnroutedHint unrouted;
  private final ActionButtons actions;

  SubscriptionList(ViewContext at) {
    super(10);
    this.at = at;
    this.model = at.models().subscriptions();
    this.table = new SubscriptionTable(at, noMatch());
    this.unrouted = new UnroutedHint(at);
    this.actions = new ActionButtons(at, model.rows()::meant);
    setPadding(new Insets(16, 16, 12, 16));
    HBox foot = Controls.row(14, size);
    foot.getStyleClass().add("list-foot");
    getChildren()
        .addAll(
            Controls.label("Subscriptions", "title-4"),
            new ProcessingCard(at),
            unrouted,
            toolbar(),
            Hints.failure(model.subscriptions(), at),
            query(),
            Controls.grow(stage),
            foot);
    model.subscriptions().value().addListener((_, _, _) -> refresh());
    model.stats().value().addListener((_, _, _) -> showUnrouted());
    model.rows().shown().addListener((ListChangeListener<SubscriptionRow>) _ -> refresh());
    model.rows().selected().addListener((_, _, _) -> refresh());
    at.models().session().meta().addListener((_, _, _) -> refresh());
    showUnrouted();
    refresh();
  }

  private void showUnrouted() {
    model.stats().last().ifPresent(sample -> unrouted.show(sample.stats()));
  }

  private FlowPane toolbar() {
    Button open =
        Controls.button(
            "open-subscription", "Open", () -> onMeant(some -> model.open(some.name())), "small");
    open.setGraphic(Icons.of(Feather.MAXIMIZE_2));
    Keys.on(open, "O", "Open the selected subscription");
    Button add =
        Controls.button(
            "new-subscription",
            "New subscription",
            () -> model.openForm(Optional.empty()),
            "small");
    add.setGraphic(Icons.of(Feather.PLUS));
    Keys.on(add, "N", "Create a subscription");
    var bar = new FlowPane(8, 8, open, actions.pause(), actions.events());
    bar.getChildren().add(Permissions.followAdmin(add, at.models().session()));
    return bar;
  }

  private void onMeant(Consumer<Subscription> action) {
    model.rows().meant().ifPresentOrElse(action, () -> at.warn("Select a subscription first"));
  }

  private HBox query() {
    filter.setId("subscription-filter");
    filter.setPromptText("Part of a name");
    filter.setAccessibleText("Part of a name. Only matching subscriptions are listed");
    filter.getStyleClass().add("mono");
    filter.textProperty().bindBidirectional(model.rows().filter());
    filter.addEventHandler(KeyEvent.KEY_PRESSED, this::keyPressed);
    Button clear =
        Controls.iconButton(
            "clear-subscription-filter",
            Feather.X,
            "A",
            "Show all subscriptions",
            () -> model.rows().filter().set(""));
    return Controls.row(6, Icons.of(Feather.SEARCH), Controls.grow(filter), clear);
  }

  private void keyPressed(KeyEvent event) {
    if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.DOWN) {
      event.consume();
      step(0);
    }
  }

  private static Node noMatch() {
    return Hints.middle(
        Feather.SEARCH,
        "No subscription with this in its name",
        "Clear the field above, or press A, to see all.");
  }

  private void refresh() {
    actions.refresh();
    model.subscriptions().last().ifPresent(this::show);
  }

  private void show(Page<Subscription> page) {
    if (!stage.getChildren().contains(table)) {
      stage.getChildren().setAll(table);
    }
    SubscriptionRows rows = model.rows();
    String all =
        page.next().isPresent()
            ? "the first " + Texts.count(rows.size()) + " subscriptions"
            : rows.size() == 1 ? "1 subscription" : Texts.count(rows.size()) + " subscriptions";
    boolean narrowed = !rows.filter().get().isBlank();
    size.setText(narrowed ? Texts.count(rows.shown().size()) + " of " + all : all);
  }

  @Override
  public void step(int by) {
    focusRows();
    table.step(by);
  }

  @Override
  public void focusRows() {
    table.focusRows();
  }

  @Override
  public void focusQuery() {
    filter.requestFocus();
    filter.selectAll();
  }
}

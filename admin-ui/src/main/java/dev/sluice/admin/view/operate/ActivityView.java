package dev.sluice.admin.view.operate;

import dev.sluice.admin.api.ActivityEntry;
import dev.sluice.admin.view.control.Columns;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Hints;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.Theme;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.ActivityModel;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The activity screen: the activity log and bulk jobs.
public final class ActivityView extends VBox {

  private final ViewContext at;
  private final ActivityModel model;
  private final TabPane tabs;

  public ActivityView(ViewContext at) {
    super(10);
    this.at = at;
    this.model = at.models().activity();
    setPadding(new Insets(16, 16, 12, 16));
    this.tabs = new TabPane(tab("Operator actions", record()), tab("Bulk jobs", new JobsTable(at)));
    tabs.setId("activity-tabs");
    tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
    getChildren().addAll(Controls.label("Activity", "title-4"), Controls.grow(tabs));
  }

  private static Tab tab(String title, javafx.scene.Node content) {
    return new Tab(title, content);
  }

  /// Shows the activity log or the bulk jobs.
  public void showTab(int number) {
    tabs.getSelectionModel().select(number);
  }

  private VBox record() {
    TableView<ActivityEntry> table = Columns.table("activity-table", "Operator actions");
    table.setItems(model.entries());
    table.setFixedCellSize(Theme.rowHeight(at.console().settings().preferences().get()));
    table
        .getColumns()
        .setAll(
            List.of(
                Columns.<ActivityEntry>fixed(
                    "Time", 190, entry -> at.times().fullTime(entry.at()), "mono"),
                Columns.<ActivityEntry>fixed("Actor", 110, ActivityEntry::actor),
                Columns.<ActivityEntry>fixed("Action", 150, ActivityEntry::action, "mono"),
                Columns.<ActivityEntry>fixed("Target", 200, ActivityEntry::target, "mono"),
                Columns.<ActivityEntry>fixed("Detail", 240, entry -> orEmpty(entry.detail())),
                Columns.<ActivityEntry>fixed("Result", 120, ActivityEntry::result, "mono"),
                Columns.<ActivityEntry>fixed(
                    "Address", 110, entry -> orEmpty(entry.address()), "mono")));
    table.setPlaceholder(
        new StackPane(
            Hints.middle(
                Feather.BOOK_OPEN,
                "No operator actions yet",
                "Replays, pauses, key changes and all other operator actions are logged here.")));
    Button more = Controls.button("older-entries", "Load older", model::loadMore, "small", "flat");
    Button check = Controls.button("verify-activity", "Verify the log", model::verify, "small");
    check.setGraphic(Icons.of(Feather.SHIELD));
    Keys.on(more, "O", "Load older entries");
    Keys.on(check, "V", "Verify that the activity log is unchanged");
    Label verdict = Controls.label(model.verdict(), "muted");
    var box =
        new VBox(
            8,
            Hints.failure(model.newest(), at),
            Controls.grow(table),
            Controls.row(8, more, Controls.spring(), verdict, check));
    box.setPadding(new Insets(10, 0, 0, 0));
    return box;
  }

  private static String orEmpty(@org.jspecify.annotations.Nullable String text) {
    return Optional.ofNullable(text).orElse("");
  }
}

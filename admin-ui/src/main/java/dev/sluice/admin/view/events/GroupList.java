package dev.sluice.admin.view.events;

import dev.sluice.admin.api.ErrorGroup;
import dev.sluice.admin.model.Texts;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.DeadLettersModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The list of error groups, with an entry for all dead letters at the top.
final class GroupList extends ListView<Optional<ErrorGroup>> {

  private final ViewContext at;
  private final DeadLettersModel model;

  /// Set while the list is filled, when a change of its selection is not a choice of the user.
  private boolean filling;

  GroupList(ViewContext at) {
    this.at = at;
    this.model = at.models().deadLetters();
    setId("error-groups");
    getStyleClass().add("groups");
    setAccessibleText("Error groups");
    setCellFactory(_ -> new GroupCell());
    getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (_, _, chosen) -> {
              if (!filling && chosen != null) {
                model.choose(chosen.map(ErrorGroup::fingerprint));
              }
            });
    model.groups().value().addListener((_, _, _) -> fill());
    model.group().addListener((_, _, _) -> fill());
    fill();
  }

  private void fill() {
    List<Optional<ErrorGroup>> items = new ArrayList<>();
    items.add(Optional.empty());
    model.groups().last().orElse(List.of()).forEach(group -> items.add(Optional.of(group)));
    filling = true;
    if (!items.equals(getItems())) {
      getItems().setAll(items);
    }
    Optional<String> wanted = model.group().get();
    items.stream()
        .filter(item -> item.map(ErrorGroup::fingerprint).equals(wanted))
        .findFirst()
        .ifPresentOrElse(getSelectionModel()::select, getSelectionModel()::clearSelection);
    filling = false;
  }

  private final class GroupCell extends ListCell<Optional<ErrorGroup>> {

    GroupCell() {
      setPrefWidth(0);
    }

    @Override
    protected void updateItem(Optional<ErrorGroup> group, boolean empty) {
      super.updateItem(group, empty);
      if (empty || group == null) {
        setGraphic(null);
      } else {
        setGraphic(group.map(this::card).orElseGet(this::all));
      }
    }

    private VBox all() {
      long count =
          model.groups().last().orElse(List.of()).stream().mapToLong(ErrorGroup::count).sum();
      setAccessibleText("All dead letters, " + count);
      return Controls.column(
          2,
          Controls.row(
              6,
              Controls.label("All dead letters", "group-title"),
              Controls.spring(),
              Controls.label(Texts.count(count), "mono", "group-count")));
    }

    private VBox card(ErrorGroup group) {
      Label title = Controls.label(group.error(), "group-title");
      title.setMinWidth(0);
      Label count = Controls.label(Texts.count(group.count()), "mono", "group-count");
      count.setMinWidth(Region.USE_PREF_SIZE);
      Label pattern = Controls.label(group.pattern(), "muted");
      Label seen =
          Controls.label(
              at.times()
                  .running(
                      () ->
                          "last "
                              + at.times().distance(group.lastSeen())
                              + ", first "
                              + at.times().distance(group.firstSeen())),
              "group-seen",
              "muted");
      setAccessibleText(
          group.error() + ": " + group.pattern() + ", " + group.count() + " dead letters");
      return Controls.column(
          2, Controls.row(6, title, trend(group), Controls.spring(), count), pattern, seen);
    }

    private Label trend(ErrorGroup group) {
      Label label = Controls.label("", "group-trend");
      Feather icon =
          switch (group.trend().direction()) {
            case "rising" -> Feather.TRENDING_UP;
            case "falling" -> Feather.TRENDING_DOWN;
            default -> Feather.MINUS;
          };
      label.setGraphic(Icons.of(icon));
      label.getStyleClass().add("trend-" + group.trend().direction());
      label.setTooltip(
          new javafx.scene.control.Tooltip(
              group.trend().direction()
                  + ": "
                  + group.trend().lastHour()
                  + " in the last hour, "
                  + group.trend().hourBefore()
                  + " in the hour before"));
      return label;
    }
  }
}

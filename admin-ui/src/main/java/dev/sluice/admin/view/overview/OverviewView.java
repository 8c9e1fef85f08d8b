package dev.sluice.admin.view.overview;

import dev.sluice.admin.api.Stats;
import dev.sluice.admin.model.EventQuery;
import dev.sluice.admin.model.Field;
import dev.sluice.admin.model.Term;
import dev.sluice.admin.model.Tile;
import dev.sluice.admin.view.chart.Chart;
import dev.sluice.admin.view.chart.ChartsView;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Hints;
import dev.sluice.admin.view.control.LayoutBoundary;
import dev.sluice.admin.view.control.UnroutedHint;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.view.events.FirstEvent;
import dev.sluice.admin.viewmodel.OverviewModel;
import dev.sluice.admin.viewmodel.Screen;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The overview screen: the state of the service at a glance.
public final class OverviewView extends StackPane {

  private static final int TILES = 8;
  private static final int A_ROW = 4;

  private final ViewContext at;
  private final OverviewModel model;
  private final List<TileView> tiles = new ArrayList<>();
  private final StateBar states;
  private final FailingTypes failing = new FailingTypes(this::showFailed);
  private final WorkFacts work = new WorkFacts();
  private final LayoutBoundary lower;
  private final StackPane empty = new StackPane();
  private final UnroutedHint unrouted;

  public OverviewView(ViewContext at) {
    this.at = at;
    this.model = at.models().overview();
    this.states = new StateBar(this::showStatus);
    this.unrouted = new UnroutedHint(at);
    this.lower = new LayoutBoundary(lowerRow());
    var content =
        new VBox(
            14,
            Hints.failure(model.stats(), at),
            empty,
            unrouted,
            tileGrid(),
            Controls.grow(charts()),
            lower);
    ScrollPane scroll = Controls.scrolling(content);
    scroll.setFitToHeight(true);
    getChildren().add(scroll);
    Controls.shown(empty, false);
    model.tiles().addListener((_, _, now) -> showTiles(now));
    model.stats().value().addListener((_, _, _) -> model.stats().last().ifPresent(this::show));
    showTiles(model.tiles().get());
    model.stats().last().ifPresent(this::show);
  }

  private ChartsView charts() {
    return new ChartsView(at, model.charts(), List.of(Chart.THROUGHPUT, Chart.LATENCY));
  }

  private GridPane tileGrid() {
    var grid = new GridPane(10, 10);
    for (int column = 0; column < A_ROW; column++) {
      var share = new ColumnConstraints();
      share.setPercentWidth(100.0 / A_ROW);
      grid.getColumnConstraints().add(share);
    }
    for (int number = 0; number < TILES; number++) {
      var tile = new TileView("Alt+" + (number + 1));
      tile.setId("tile-" + number);
      tiles.add(tile);
      grid.add(tile, number % A_ROW, number / A_ROW);
    }
    return grid;
  }

  private HBox lowerRow() {
    VBox stored = card("Stored events", states);
    VBox types = card("Failing event types", failing);
    VBox working = card("In progress", work);
    types.setPrefWidth(300);
    types.setMinWidth(240);
    working.setPrefWidth(260);
    working.setMinWidth(220);
    stored.setMinWidth(0);
    return new HBox(12, Controls.grow(stored), types, working);
  }

  private static VBox card(String title, javafx.scene.Node content) {
    return Controls.styled(
        Controls.column(8, Controls.label(title, "card-title"), content), "card");
  }

  private void showTiles(List<Tile> now) {
    for (int number = 0; number < now.size(); number++) {
      Tile tile = now.get(number);
      tiles.get(number).show(tile, () -> follow(tile));
    }
  }

  private void follow(Tile tile) {
    tile.leadsTo()
        .ifPresentOrElse(at.console()::showEvents, () -> at.console().show(Screen.DEAD_LETTERS));
  }

  private void showStatus(dev.sluice.admin.api.Status status) {
    show(new Term(Field.STATUS, status.wireName()));
  }

  private void show(Term term) {
    at.console().showEvents(new EventQuery(List.of(term), List.of()));
  }

  private void show(Stats stats) {
    lower.change(
        () -> {
          states.show(stats);
          failing.show(OverviewModel.worstTypes(stats));
          work.show(stats);
        });
    unrouted.show(stats);
    boolean none = stats.stored() == 0;
    Controls.shown(empty, none);
    if (none && empty.getChildren().isEmpty()) {
      empty.getChildren().setAll(FirstEvent.hint(at));
    }
  }

  private void showFailed(String type) {
    at.console()
        .showEvents(
            new EventQuery(
                List.of(new Term(Field.STATUS, "failed"), new Term(Field.TYPE, type)), List.of()));
  }
}

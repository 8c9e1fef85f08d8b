package dev.sluice.admin.view.control;

import dev.sluice.admin.api.Stats;
import dev.sluice.admin.api.Status;
import dev.sluice.admin.model.EventQuery;
import dev.sluice.admin.model.Field;
import dev.sluice.admin.model.Term;
import dev.sluice.admin.model.Texts;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.feather.Feather;

/// A line about stored events that no subscription matched, with a link to them. It takes no room
/// while there are none.
public final class UnroutedHint extends HBox {

  private final Label text = Controls.label("");

  public UnroutedHint(ViewContext at) {
    super(10);
    Button show = Controls.button("show-unrouted", "Show them", () -> show(at), "small", "flat");
    Keys.on(show, "U", "Show the events that no subscription matched");
    setId("unrouted-hint");
    setAlignment(Pos.CENTER_LEFT);
    getStyleClass().add("pause-line");
    text.setMinWidth(0);
    getChildren().addAll(Icons.of(Feather.INFO), text, Controls.spring(), show);
    Controls.shown(this, false);
  }

  private static void show(ViewContext at) {
    var term = new Term(Field.STATUS, Status.UNROUTED.wireName());
    at.console().showEvents(new EventQuery(List.of(term), List.of()));
  }

  /// Shows how many there are.
  public void show(Stats stats) {
    long count = stats.count(Status.UNROUTED);
    text.setText(
        count == 1
            ? "1 stored event matched no subscription and was not delivered."
            : Texts.count(count)
                + " stored events matched no subscription and were not delivered.");
    Controls.shown(this, count > 0);
  }
}

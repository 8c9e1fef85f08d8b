package dev.sluice.admin.view.overview;

import dev.sluice.admin.model.Texts;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.Redraw;
import dev.sluice.admin.viewmodel.OverviewModel.FailingType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The types with the most dead letters, each a link to them.
final class FailingTypes extends VBox {

  private final Consumer<String> leadsTo;
  private final List<Label> counts = new ArrayList<>();
  private Optional<List<String>> names = Optional.empty();

  FailingTypes(Consumer<String> leadsTo) {
    super(2);
    this.leadsTo = leadsTo;
  }

  void show(List<FailingType> worst) {
    if (Redraw.isClicked(this)) {
      return;
    }
    Optional<List<String>> now = Optional.of(worst.stream().map(FailingType::name).toList());
    if (!now.equals(names)) {
      names = now;
      Redraw.keepingFocus(this, rows(worst));
    }
    for (int place = 0; place < worst.size(); place++) {
      counts.get(place).setText(Texts.count(worst.get(place).failed()));
    }
  }

  private List<Node> rows(List<FailingType> worst) {
    counts.clear();
    if (worst.isEmpty()) {
      return List.of(
          Controls.row(6, Icons.of(Feather.CHECK), Controls.label("none failed", "muted")));
    }
    List<Node> rows = new ArrayList<>();
    for (FailingType type : worst) {
      Label count = Controls.label("", "mono", "bad");
      counts.add(count);
      rows.add(Controls.row(6, Controls.grow(way(type.name())), count));
    }
    return rows;
  }

  private Button way(String name) {
    Button way =
        Controls.button("failing-" + name, name, () -> leadsTo.accept(name), "flat", "link-row");
    Keys.link(way, "Dead letters of type " + name);
    way.setMaxWidth(Double.MAX_VALUE);
    way.setMinWidth(0);
    return way;
  }
}

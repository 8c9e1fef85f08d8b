package dev.sluice.admin.view.subscription;

import dev.sluice.admin.api.ErrorGroup;
import dev.sluice.admin.model.Texts;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Hints;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.Redraw;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.view.control.WeakListeners;
import dev.sluice.admin.viewmodel.SubscriptionModel;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The dead letters of a subscription by error group; each group leads to its events.
final class ErrorGroupsCard extends VBox {

  private static final int MOST = 8;

  private final ViewContext at;
  private final SubscriptionModel model;
  private final VBox groups = new VBox(8);
  private final Button all;
  private List<ErrorGroup> drawn = List.of();

  ErrorGroupsCard(ViewContext at, SubscriptionModel model) {
    super(10);
    this.at = at;
    this.model = model;
    getStyleClass().add("card");
    this.all =
        Controls.button(
            "dead-letters-of-subscription",
            "Show all",
            () -> at.console().showDeadLetters(Facts.eventsOf(model.name())),
            "small");
    all.setGraphic(Icons.of(Feather.ALERT_OCTAGON));
    Keys.on(all, "D", "All dead letters of " + model.name());
    var polled = at.models().subscriptions().groups();
    getChildren()
        .addAll(
            Controls.row(8, Controls.label("Dead letters", "card-title"), Controls.spring(), all),
            Hints.failure(polled, at),
            groups);
    groups.getChildren().setAll(Hints.skeleton(2));
    WeakListeners.listen(this, polled.value(), this::refresh);
    refresh();
  }

  private void refresh() {
    if (at.models().subscriptions().groups().last().isEmpty()) {
      return;
    }
    List<ErrorGroup> now = model.errorGroups();
    if (!now.isEmpty() && now.equals(drawn)) {
      return;
    }
    drawn = now;
    Controls.shown(all, !now.isEmpty());
    List<Node> nodes = new ArrayList<>();
    now.stream().limit(MOST).map(this::card).forEach(nodes::add);
    if (now.isEmpty()) {
      nodes.add(Controls.label("None.", "muted"));
    } else if (now.size() > MOST) {
      nodes.add(Controls.label((now.size() - MOST) + " smaller groups are not shown", "muted"));
    }
    Redraw.keepingFocus(groups, nodes);
  }

  private VBox card(ErrorGroup group) {
    var link = new Hyperlink(group.error());
    link.setId("group-" + group.fingerprint());
    link.setMinWidth(0);
    String title = group.count() + " dead letters with " + group.error();
    link.setAccessibleText(title);
    link.setOnAction(_ -> at.console().showErrorGroup(group.fingerprint()));
    Keys.link(link, title);
    Label count = Controls.label(Texts.count(group.count()), "mono", "group-count");
    count.setMinWidth(Region.USE_PREF_SIZE);
    Label seen =
        Controls.label(
            at.times().running(() -> "last " + at.times().distance(group.lastSeen())),
            "group-seen",
            "muted");
    seen.setMinWidth(Region.USE_PREF_SIZE);
    Label pattern = Controls.label(group.pattern(), "muted");
    pattern.setMinWidth(0);
    return Controls.column(2, Controls.row(6, link, Controls.spring(), seen, count), pattern);
  }
}

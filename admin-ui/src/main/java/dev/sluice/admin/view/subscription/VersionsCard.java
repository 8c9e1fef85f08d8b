package dev.sluice.admin.view.subscription;

import dev.sluice.admin.api.Subscription;
import dev.sluice.admin.model.SubscriptionVersion;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Hints;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.SubscriptionModel;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// The versions of a subscription, newest first, with what changed from one to the next.
final class VersionsCard extends VBox {

  private final ViewContext at;
  private final SubscriptionModel model;
  private final VBox versions = new VBox(10);
  private List<SubscriptionVersion> drawn = List.of();

  VersionsCard(ViewContext at, SubscriptionModel model) {
    super(10);
    this.at = at;
    this.model = model;
    getStyleClass().add("card");
    versions.setId("subscription-versions");
    versions.getChildren().setAll(Hints.skeleton(2));
    getChildren()
        .addAll(
            Controls.label("Versions", "card-title"),
            Hints.failure(model.versions(), at),
            versions);
    model.versions().value().addListener((_, _, _) -> refresh());
    refresh();
  }

  private void refresh() {
    List<SubscriptionVersion> now = model.history();
    if (now.isEmpty() && model.versions().last().isPresent()) {
      versions
          .getChildren()
          .setAll(Controls.label("The service keeps no versions of it.", "muted"));
    } else if (!now.equals(drawn)) {
      drawn = now;
      versions.getChildren().setAll(now.stream().map(version -> entry(version, now)).toList());
    }
  }

  private VBox entry(SubscriptionVersion entry, List<SubscriptionVersion> all) {
    Subscription version = entry.version();
    String by = Optional.ofNullable(version.changedBy()).map(" by "::concat).orElse("");
    String when =
        Optional.ofNullable(version.changedAt())
            .map(time -> at.times().fullTime(time) + by)
            .orElse(by);
    var lines =
        Controls.column(
            2,
            Controls.row(
                10,
                Controls.label("Version " + version.version(), "step-title"),
                Controls.label(when, "muted")));
    boolean isOldest = entry.equals(all.getLast());
    if (isOldest) {
      boolean isFirst = all.size() < SubscriptionModel.VERSIONS;
      lines
          .getChildren()
          .add(Controls.label(isFirst ? "created" : "earlier versions are not shown", "muted"));
    } else if (entry.changes().isEmpty()) {
      lines.getChildren().add(Controls.label("the same definition", "muted"));
    }
    entry.changes().forEach(change -> lines.getChildren().add(line(change)));
    return lines;
  }

  private static Label line(SubscriptionVersion.Change change) {
    Label line = Controls.paragraph(change.text(), "mono");
    VBox.setMargin(line, new Insets(0, 0, 0, 16));
    return line;
  }
}

package dev.sluice.admin.view.subscription;

import dev.sluice.admin.api.StoredSubscription;
import dev.sluice.admin.api.Subscription;
import dev.sluice.admin.model.SubscriptionFigures;
import dev.sluice.admin.model.Texts;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Hints;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.Permissions;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.view.control.WeakListeners;
import dev.sluice.admin.viewmodel.SubscriptionModel;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The page of one subscription: figures, charts, definition, dead letters, versions, and what can
/// be done with it.
final class SubscriptionPage extends StackPane {

  private final ViewContext at;
  private final SubscriptionModel model;
  private final Label chip = Controls.label("", "chip");
  private final Label managed = Controls.label("", "muted");
  private final Label pauseLine = Controls.paragraph("", "pause-line");
  private final FlowPane offered = new FlowPane(8, 8);
  private final FlowPane figures = new FlowPane(18, 4);
  private final StackPane failure;
  private final StackPane body = new StackPane(Hints.skeleton(6));
  private final ActionButtons actions;
  private final Button edit;
  private final Button delete;
  private final Node deleteFrame;
  private final Node backfillFrame;
  private final Node rotateFrame;
  private final DefinitionCard definition;
  private final Node receiver;
  private final Node cards;

  SubscriptionPage(ViewContext at, SubscriptionModel model, Runnable back) {
    this.at = at;
    this.model = model;
    this.actions = new ActionButtons(at, this::subscription);
    this.edit = Controls.button("edit-subscription", "Edit", this::edit, "small");
    this.delete = Controls.button("delete-subscription", "Delete", this::delete, "small");
    delete.setGraphic(Icons.of(Feather.TRASH_2));
    Keys.on(delete, "Delete", "Delete " + model.name());
    this.deleteFrame = Permissions.followAdmin(delete, at.models().session());
    this.backfillFrame = backfillFrame();
    this.rotateFrame = rotateFrame();
    this.definition = new DefinitionCard();
    this.receiver =
        Controls.column(
            12,
            new ReceiverCard(at, model.receiver()),
            new StatusCodesCard(at, model.receiver()),
            new AttemptsCard(at, model.receiver()));
    this.cards =
        Controls.column(
            12,
            new LanesCard(at, model.lanes()),
            receiver,
            new ChartsPart(at, model.charts()),
            new TwoColumns(definition, new ErrorGroupsCard(at, model)),
            new VersionsCard(at, model));
    setId("subscription-page");
    this.failure = new StackPane(Hints.failure(model.detail(), at));
    offered
        .getChildren()
        .addAll(actions.pause(), edit, deleteFrame, backfillFrame, rotateFrame, actions.events());
    var content = new VBox(12, head(back), offered, pauseLine, figures, failure, body);
    getChildren().add(Controls.scrolling(content));
    model.detail().value().addListener((_, _, _) -> refresh());
    model.detail().failure().addListener((_, _, _) -> refresh());
    var list = at.models().subscriptions();
    WeakListeners.listen(this, list.stats().value(), this::showFigures);
    WeakListeners.listen(this, list.groups().value(), this::showFigures);
    WeakListeners.listen(this, at.models().session().meta(), this::refresh);
    refresh();
  }

  private Node backfillFrame() {
    Button backfill =
        Controls.button("backfill-subscription", "Back-fill", this::backfill, "small");
    backfill.setGraphic(Icons.of(Feather.REWIND));
    Keys.on(backfill, "B", "Back-fill " + model.name() + " with stored events");
    return Permissions.followBackfill(backfill, at.models().session());
  }

  private Node rotateFrame() {
    Button rotate =
        Controls.button(
            "rotate-secret",
            "Rotate secret",
            () -> RotateDialog.open(at, model.rotation()),
            "small");
    rotate.setGraphic(Icons.of(Feather.KEY));
    Keys.on(rotate, "S", "Replace the signing secret of " + model.name());
    return Permissions.followAdmin(rotate, at.models().session());
  }

  private HBox head(Runnable back) {
    Button leave =
        Controls.iconButton(
            "leave-subscription", Feather.ARROW_LEFT, "Esc", "Back to the list", back);
    Label name = Controls.label(model.name(), "title-3");
    name.setMinWidth(0);
    return Controls.row(10, leave, name, chip, managed);
  }

  private Optional<Subscription> subscription() {
    return model.detail().last().map(StoredSubscription::subscription);
  }

  private void refresh() {
    actions.refresh();
    boolean missing = model.isMissing();
    List.of(offered, figures, failure).forEach(part -> Controls.shown(part, !missing));
    Controls.shown(pauseLine, false);
    if (missing) {
      showMissing();
    } else {
      subscription().ifPresent(this::show);
    }
    Controls.shown(edit, subscription().isPresent());
    Controls.shown(deleteFrame, isDeletable());
    Controls.shown(backfillFrame, takesEvents());
    Controls.shown(rotateFrame, takesEvents() && isWebhook());
    Controls.shown(receiver, isWebhook());
    showFigures();
  }

  private boolean isDeletable() {
    return !at.models().session().profile().readOnly()
        && subscription().filter(some -> some.isStored() && !some.isFromFile()).isPresent();
  }

  private boolean takesEvents() {
    return !at.models().session().profile().readOnly()
        && subscription().filter(Subscription::isActive).isPresent();
  }

  private boolean isWebhook() {
    return subscription().filter(some -> some.destination().isWebhook()).isPresent();
  }

  private void showMissing() {
    chip.setVisible(false);
    body.getChildren()
        .setAll(
            Hints.middle(
                Feather.HELP_CIRCLE,
                "Subscription not found",
                "It never existed, or it was deleted and its deliveries are finished."));
  }

  private void show(Subscription now) {
    chip.setVisible(true);
    Facts.showState(chip, now);
    managed.setText(now.isFromFile() ? "declared by a file" : now.isBuiltIn() ? "built in" : "");
    Facts.pauseText(now.paused(), at.times())
        .ifPresent(
            text -> {
              pauseLine.setText(text);
              Controls.shown(pauseLine, true);
            });
    showEdit(now);
    definition.show(now);
    if (!body.getChildren().contains(cards)) {
      body.getChildren().setAll(cards);
    }
  }

  /// A form that cannot be saved can still be looked at.
  private void showEdit(Subscription now) {
    boolean may = at.models().session().mayAdminister() && !now.isFromFile() && !now.isBuiltIn();
    String text = may ? "Edit" : "View form";
    if (edit.getGraphic() == null || !text.equals(edit.getText())) {
      edit.setText(text);
      edit.setAccessibleText(text);
      edit.setGraphic(Icons.of(may ? Feather.EDIT_3 : Feather.EYE));
      Keys.on(edit, "E", may ? "Edit " + model.name() : "Look at the form of " + model.name());
    }
  }

  private void showFigures() {
    SubscriptionFigures now = model.figures();
    figures
        .getChildren()
        .setAll(
            Facts.fact("waiting", now.waitingText()),
            Facts.fact("oldest", now.oldestText()),
            Facts.fact("rate", now.rateText() + "/s"),
            Facts.fact("success", now.successText()),
            Facts.fact("dead letters", now.deadText()));
    now.totals()
        .ifPresent(
            totals ->
                figures
                    .getChildren()
                    .addAll(
                        Facts.fact("processed", Texts.count(totals.completed())),
                        Facts.fact("failed permanently", Texts.count(totals.failed())),
                        Facts.fact("retried", Texts.count(totals.retried()))));
  }

  private void edit() {
    at.models().subscriptions().openForm(Optional.of(model.name()));
  }

  private void backfill() {
    BackfillDialog.open(at, model.backfill());
  }

  private void delete() {
    model.deletion().ifPresent(deletion -> DeleteDialog.open(at, deletion));
  }
}

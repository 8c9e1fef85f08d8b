package dev.sluice.admin.view.subscription;

import dev.sluice.admin.api.DraftField;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Hints;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.Scroll;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.view.control.WeakListeners;
import dev.sluice.admin.viewmodel.SubscriptionForm;
import dev.sluice.admin.viewmodel.SubscriptionForm.Stage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The form that creates or changes a subscription.
final class SubscriptionFormView extends VBox {

  private static final String RETRY_HINT =
      "How failed attempts are retried. Empty fields follow the service's configuration.";
  private static final String WEBHOOK_HINT =
      "Each delivery is a signed POST request to the URL. Stored secrets are never shown.";
  private static final String LIMITS_HINT =
      "Concurrency and rate apply to all nodes together. An empty timeout follows the service's"
          + " configuration; an empty concurrency or rate sets no limit. Order per key processes events"
          + " with the same key one after another.";

  private final SubscriptionForm model;
  private final Map<DraftField, FieldView> fields = new EnumMap<>(DraftField.class);
  private final Label title = Controls.label("", "title-4");
  private final Label hint = Controls.paragraph("", "pause-line");
  private final Label message = Controls.paragraph("", "mistake");
  private final HBox outdated;
  private final StackPane body = new StackPane();
  private final Node form;
  private final Button save;
  private final Region webhook;

  SubscriptionFormView(ViewContext at, SubscriptionForm model, Runnable leave) {
    super(10);
    this.model = model;
    setId("subscription-form");
    setPadding(new Insets(16, 16, 12, 16));
    for (DraftField field : DraftField.values()) {
      fields.put(field, new FieldView(field, model.field(field)));
    }
    this.webhook = part("Webhook", WEBHOOK_HINT, webhookFields());
    this.form = form();
    this.outdated = outdated();
    hint.setId("form-hint");
    message.setId("form-message");
    this.save = Controls.button("save-subscription", "Save", model::save, "accent");
    Keys.on(save, "Shortcut+Enter", "Save the subscription");
    Button cancel = Controls.button("leave-form", "Cancel", leave);
    Keys.on(cancel, "Esc", "Leave the form");
    getChildren()
        .addAll(title, hint, outdated, Controls.grow(body), message, Controls.row(8, cancel, save));
    model.stage().addListener((_, _, _) -> refresh());
    model.message().addListener((_, _, _) -> refresh());
    model.note().addListener((_, _, _) -> refresh());
    for (DraftField choice :
        List.of(DraftField.DESTINATION, DraftField.FORMAT, DraftField.CREDENTIALS)) {
      model.field(choice).text().addListener((_, _, _) -> showUsed());
    }
    WeakListeners.listen(this, at.models().session().meta(), this::refresh);
    refresh();
  }

  private Node form() {
    var what =
        Controls.column(
            14,
            part("Events and destination", "", whatFields()),
            Controls.grow(new SampleCard(model.sample())));
    var how =
        Controls.column(
            14,
            webhook,
            part("Retries", RETRY_HINT, retryFields()),
            part("Limits and order", LIMITS_HINT, limitFields()));
    var content = new VBox(new TwoColumns(what, how));
    content.setMinWidth(0);
    return new Scroll(content);
  }

  private static List<DraftField> whatFields() {
    return List.of(
        DraftField.NAME,
        DraftField.DESCRIPTION,
        DraftField.TYPES,
        DraftField.FILTER,
        DraftField.DESTINATION);
  }

  private static List<DraftField> webhookFields() {
    return List.of(
        DraftField.URL,
        DraftField.FORMAT,
        DraftField.TEMPLATE,
        DraftField.HEADERS,
        DraftField.CREDENTIALS,
        DraftField.TOKEN,
        DraftField.USERNAME,
        DraftField.PASSWORD,
        DraftField.AUTH_HEADER,
        DraftField.AUTH_VALUE,
        DraftField.PERMANENT_STATUSES,
        DraftField.SECRET);
  }

  private static List<DraftField> retryFields() {
    return List.of(
        DraftField.MAX_RETRIES,
        DraftField.BASE,
        DraftField.FACTOR,
        DraftField.CAP,
        DraftField.WAITS,
        DraftField.MAX_AGE);
  }

  private static List<DraftField> limitFields() {
    return List.of(
        DraftField.TIMEOUT,
        DraftField.CONCURRENCY,
        DraftField.RATE,
        DraftField.BURST,
        DraftField.DELAY,
        DraftField.ORDERING);
  }

  private Region part(String title, String explained, List<DraftField> members) {
    var part = new VBox(10, Controls.label(title, "card-title"));
    part.getStyleClass().add("card");
    if (!explained.isEmpty()) {
      part.getChildren().add(Controls.paragraph(explained, "muted"));
    }
    members.forEach(field -> part.getChildren().add(fields.get(field)));
    return part;
  }

  private HBox outdated() {
    Button load =
        Controls.button("load-new-version", "Load the new version", model::loadNewVersion, "small");
    Keys.on(load, "Alt+L", "Load the new version and keep what you typed");
    Label text =
        Controls.paragraph(
            "Someone else changed this subscription while you typed. Nothing was saved.",
            "trouble-text");
    HBox bar = Controls.row(10, Icons.of(Feather.ALERT_TRIANGLE), Controls.grow(text), load);
    bar.setId("form-outdated");
    bar.getStyleClass().add("trouble");
    return bar;
  }

  /// Shows the fields of the destination and the authentication that are chosen.
  private void showUsed() {
    fields.forEach((field, view) -> Controls.shown(view, model.uses(field)));
    Controls.shown(webhook, model.uses(DraftField.URL));
  }

  private void refresh() {
    showUsed();
    Stage stage = model.stage().get();
    Optional<String> why = model.whyReadOnly();
    String verb = why.isEmpty() ? "Edit " : "View ";
    title.setText(model.edited().map(verb::concat).orElse("New subscription"));
    hint.setText(Hints.capital(why.orElse(model.note().get())));
    Controls.shown(hint, !hint.getText().isEmpty());
    Controls.shown(outdated, stage instanceof Stage.Outdated);
    message.setText(Hints.capital(model.message().get()));
    Controls.shown(message, !model.message().get().isEmpty());
    Controls.shown(save, why.isEmpty());
    save.setDisable(!(stage instanceof Stage.Editing));
    boolean open = why.isEmpty() && !(stage instanceof Stage.Saving);
    fields.forEach(
        (field, view) ->
            view.setOpen(open && (field != DraftField.NAME || model.edited().isEmpty())));
    showBody(stage);
  }

  private void showBody(Stage stage) {
    switch (stage) {
      case Stage.Loading() -> body.getChildren().setAll(Hints.skeleton(9));
      case Stage.Failed(var fault) ->
          body.getChildren()
              .setAll(
                  Hints.middle(
                      Feather.ALERT_TRIANGLE,
                      "The subscription could not be read",
                      Hints.capital(fault.sentence()) + ".",
                      Keys.on(
                          Controls.button("load-again", "Try again", model::loadAgain, "accent"),
                          "Alt+L",
                          "Read the subscription again")));
      case Stage.Editing(), Stage.Saving(), Stage.Outdated() -> {
        if (!body.getChildren().contains(form)) {
          body.getChildren().setAll(form);
          focusFirst();
        }
      }
    }
  }

  /// Moves the focus to the first field that can be changed.
  void focusFirst() {
    // Only then are the fields, which are in a scroll pane, part of the scene.
    applyCss();
    fields.values().stream()
        .filter(view -> view.isOpen() && view.isVisible())
        .findFirst()
        .ifPresentOrElse(FieldView::focus, this::requestFocus);
  }
}

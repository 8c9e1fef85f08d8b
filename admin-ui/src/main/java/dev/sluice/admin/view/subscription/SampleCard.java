package dev.sluice.admin.view.subscription;

import dev.sluice.admin.api.EventSummary;
import dev.sluice.admin.api.SubscriptionTest;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Hints;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.viewmodel.SampleModel;
import dev.sluice.admin.viewmodel.SampleModel.State;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The card of the form that shows, while the user types, what the subscription would do with an
/// event.
final class SampleCard extends VBox {

  private static final double LABEL = 120;
  private static final int MOST_SHOWN = 4_000;

  private final SampleModel model;
  private final TextField event = new TextField();
  private final MenuButton recent = new MenuButton("Recent");
  private final StackPane icon = new StackPane();
  private final Label verdict = Controls.paragraph("");
  private final HBox result = Controls.row(8, icon, Controls.grow(verdict));
  private final Label delivery = Controls.paragraph("", "muted");
  private final TextArea output = new TextArea();
  private final HBox choice;

  SampleCard(SampleModel model) {
    super(10, Controls.label("Test", "card-title"));
    this.model = model;
    this.choice = choice();
    setId("sample-card");
    getStyleClass().add("card");
    result.setId("sample-result");
    verdict.setMinWidth(0);
    icon.setMinWidth(Region.USE_PREF_SIZE);
    output.setId("sample-output");
    output.setEditable(false);
    output.setWrapText(true);
    output.setPrefRowCount(4);
    output.setAccessibleText("What the receiver would get");
    output.getStyleClass().add("mono");
    getChildren()
        .addAll(
            Controls.paragraph(
                "Whether an event matches what you typed. Nothing is stored or sent.", "muted"),
            choice,
            result,
            delivery,
            output,
            new SendPart(model));
    model.state().addListener((_, _, _) -> refresh());
    model.recent().addListener((_, _, _) -> offer());
    offer();
    refresh();
  }

  private HBox choice() {
    Label label = Controls.label("Event", "muted");
    label.setMinWidth(LABEL);
    label.setLabelFor(event);
    event.setId("sample-event");
    event.setPromptText("Id of a stored event");
    event.setAccessibleText("Id of the event to test with");
    event.getStyleClass().add("mono");
    event.textProperty().bindBidirectional(model.eventId());
    recent.setId("sample-recent");
    recent.setMnemonicParsing(false);
    recent.setAccessibleText("Recent events");
    recent.setMinWidth(Region.USE_PREF_SIZE);
    Keys.on(recent, "Alt+R", "Choose a recent event to test with");
    return Controls.row(8, label, Controls.grow(event), recent);
  }

  private void offer() {
    recent
        .getItems()
        .setAll(
            model.recent().get().stream()
                .map(
                    some ->
                        Controls.menuItem(text(some), () -> model.eventId().set(some.eventId())))
                .toList());
    recent.setDisable(model.recent().get().isEmpty());
  }

  private static String text(EventSummary some) {
    return some.eventId() + "  " + some.eventType();
  }

  private void refresh() {
    State state = model.state().get();
    Controls.shown(choice, !(state instanceof State.Unsupported));
    switch (state) {
      case State.Loading() -> show(Feather.CLOCK, "Testing…", "sample-waiting");
      case State.Unsupported() ->
          show(Feather.INFO, "This service is older and cannot test subscriptions.", "sample-none");
      case State.NoEvent() ->
          show(Feather.INBOX, "Enter the id of a stored event to test with.", "sample-none");
      case State.Incomplete(String why) -> show(Feather.EDIT_2, why + ".", "sample-none");
      case State.Failed(String why) ->
          show(Feather.ALERT_TRIANGLE, Hints.capital(why) + ".", "sample-failed");
      case State.Tested(SubscriptionTest tested, boolean isOld) -> {
        Feather sign = tested.matches() ? Feather.CHECK : Feather.SLASH;
        String kind = tested.matches() ? "sample-match" : "sample-mismatch";
        String text = tested.matches() ? tested.sentence() : "No match. " + tested.sentence();
        show(sign, text, isOld ? "sample-waiting" : kind);
      }
    }
    showDelivery(state);
  }

  private void show(Feather sign, String text, String kind) {
    icon.getChildren().setAll(Icons.of(sign));
    verdict.setText(text);
    Controls.dress(result, "sample-", kind);
  }

  private void showDelivery(State state) {
    Optional<SubscriptionTest.Delivery> previewed =
        state instanceof State.Tested(SubscriptionTest tested, boolean _)
            ? Optional.ofNullable(tested.delivery())
            : Optional.empty();
    String sentence = previewed.map(SubscriptionTest.Delivery::sentence).orElse("");
    String text = previewed.map(SubscriptionTest.Delivery::output).orElse("");
    delivery.setText(sentence);
    Controls.shown(delivery, !sentence.isEmpty());
    output.setText(text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text);
    Controls.shown(output, !text.isEmpty());
  }
}

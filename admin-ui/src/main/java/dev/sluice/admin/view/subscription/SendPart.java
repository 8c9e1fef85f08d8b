package dev.sluice.admin.view.subscription;

import dev.sluice.admin.api.Response;
import dev.sluice.admin.model.WebhookTexts;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Hints;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.events.ResponseView;
import dev.sluice.admin.viewmodel.SampleModel;
import dev.sluice.admin.viewmodel.SampleModel.Sending;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The part of the test that sends its event to the receiver of a webhook, and shows the response.
final class SendPart extends VBox {

  private final SampleModel model;
  private final HBox offer;
  private final Label outcome = Controls.paragraph("");
  private final ResponseView response = new ResponseView("sample-response", false);

  SendPart(SampleModel model) {
    super(8);
    this.model = model;
    setMinWidth(0);
    outcome.setId("sample-sent");
    this.offer = offer();
    getChildren().addAll(offer, outcome, response);
    model.state().addListener((_, _, _) -> refresh());
    model.sending().addListener((_, _, _) -> refresh());
    refresh();
  }

  private HBox offer() {
    Button send = Controls.button("send-sample", "Send it", model::send, "small");
    send.setGraphic(Icons.of(Feather.SEND));
    send.setMinWidth(Region.USE_PREF_SIZE);
    Keys.on(send, "Alt+S", "Send this event to the receiver once");
    Label hint =
        Controls.paragraph("The receiver cannot tell it from a delivery of the event.", "muted");
    return Controls.row(10, send, Controls.grow(hint));
  }

  private void refresh() {
    String text =
        switch (model.sending().get()) {
          case Sending.Nothing() -> "";
          case Sending.InProgress() -> "Sending …";
          case Sending.Failed(String why) -> Hints.capital(why) + ".";
          case Sending.Made(var result) -> WebhookTexts.sent(result);
        };
    outcome.setText(text);
    Controls.shown(outcome, !text.isEmpty());
    Optional<Response> sent =
        model.sending().get() instanceof Sending.Made(var result)
            ? Optional.ofNullable(result.response())
            : Optional.<Response>empty();
    sent.ifPresent(response::show);
    Controls.shown(response, sent.isPresent());
    Controls.shown(offer, model.canSend());
    Controls.shown(this, model.canSend() || !text.isEmpty());
  }
}

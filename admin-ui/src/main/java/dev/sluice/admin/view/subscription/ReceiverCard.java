package dev.sluice.admin.view.subscription;

import dev.sluice.admin.api.Receiver;
import dev.sluice.admin.model.StatusClass;
import dev.sluice.admin.model.Texts;
import dev.sluice.admin.model.WebhookTexts;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.ReceiverModel;
import java.util.List;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The state of the receiver of a webhook, with the reason, and how recent attempts ended.
final class ReceiverCard extends VBox {

  private final ViewContext at;
  private final ReceiverModel model;
  private final Label chip = Controls.label("", "chip");
  private final Label sentence = Controls.paragraph("");
  private final FlowPane facts = new FlowPane(18, 4);

  ReceiverCard(ViewContext at, ReceiverModel model) {
    super(8);
    this.at = at;
    this.model = model;
    setId("receiver-card");
    getStyleClass().add("card");
    sentence.setId("receiver-state");
    sentence
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> model.receiver().get().map(this::explain).orElse(""),
                model.receiver(),
                at.times().second()));
    getChildren()
        .addAll(
            Controls.row(
                10,
                Controls.label("Receiver", "card-title"),
                chip,
                Controls.spring(),
                Controls.label("as the responding node sees it", "muted")),
            sentence,
            facts);
    model.receiver().addListener((_, _, _) -> refresh());
    refresh();
  }

  private String explain(Receiver receiver) {
    return WebhookTexts.explain(
        receiver, time -> at.times().clock(time) + " (" + at.times().distance(time) + ")");
  }

  private void refresh() {
    Controls.shown(this, model.receiver().get().isPresent());
    model.receiver().get().ifPresent(this::show);
  }

  private void show(Receiver receiver) {
    chip.setText(WebhookTexts.state(receiver));
    chip.setGraphic(Icons.of(icon(receiver)));
    Controls.dress(chip, "status-", style(receiver));
    facts.getChildren().setAll(facts(receiver));
  }

  private static Feather icon(Receiver receiver) {
    return switch (receiver.state()) {
      case "open" -> Feather.CHECK;
      case "paused" -> Feather.PAUSE;
      case "broken" -> Feather.ZAP_OFF;
      case "half_open" -> Feather.ROTATE_CW;
      default -> Feather.HELP_CIRCLE;
    };
  }

  private static String style(Receiver receiver) {
    return switch (receiver.state()) {
      case "open" -> "status-completed";
      case "broken" -> "status-failed";
      case "paused", "half_open" -> "status-retrying";
      default -> "status-received";
    };
  }

  private static List<Node> facts(Receiver receiver) {
    Stream<Node> counts =
        Stream.of(StatusClass.values())
            .filter(some -> receiver.recent().containsKey(some.wireName().orElse("")))
            .map(
                some ->
                    count(some, receiver.recent().getOrDefault(some.wireName().orElse(""), 0L)));
    return Stream.of(inFlight(receiver), counts, latency(receiver)).flatMap(all -> all).toList();
  }

  private static Node count(StatusClass status, long number) {
    return Facts.fact(status.title(), Texts.count(number));
  }

  private static Stream<Node> inFlight(Receiver receiver) {
    Long most = receiver.concurrency();
    Long now = receiver.inFlight();
    return Stream.concat(
        now == null ? Stream.empty() : Stream.of(Facts.fact("in flight", Texts.count(now))),
        most == null ? Stream.empty() : Stream.of(Facts.fact("concurrency", Texts.count(most))));
  }

  private static Stream<Node> latency(Receiver receiver) {
    String latency = WebhookTexts.latency(receiver);
    return latency.isEmpty() ? Stream.empty() : Stream.of(Facts.fact("latency", latency));
  }
}

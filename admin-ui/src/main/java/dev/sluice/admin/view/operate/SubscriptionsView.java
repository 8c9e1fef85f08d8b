package dev.sluice.admin.view.operate;

import dev.sluice.admin.api.Pause;
import dev.sluice.admin.api.Processing;
import dev.sluice.admin.api.Stats;
import dev.sluice.admin.api.Subscription;
import dev.sluice.admin.model.EventQuery;
import dev.sluice.admin.model.Field;
import dev.sluice.admin.model.Term;
import dev.sluice.admin.model.Texts;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Hints;
import dev.sluice.admin.view.control.Icons;
import dev.sluice.admin.view.control.Keys;
import dev.sluice.admin.view.control.Permissions;
import dev.sluice.admin.view.control.Redraw;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.SubscriptionsModel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The subscriptions screen: what each subscription takes, how it performs, and who paused it and
/// why.
public final class SubscriptionsView extends StackPane {

  private final ViewContext at;
  private final SubscriptionsModel model;
  private final VBox cards = new VBox(12);
  private final VBox all = new VBox(8);

  public SubscriptionsView(ViewContext at) {
    this.at = at;
    this.model = at.models().subscriptions();
    var content =
        new VBox(
            14,
            Controls.label("Subscriptions", "title-4"),
            Hints.failure(model.subscriptions(), at),
            all,
            cards);
    getChildren().add(Controls.scrolling(content));
    all.getStyleClass().add("card");
    cards.getChildren().setAll(Hints.skeleton(5));
    model.subscriptions().value().addListener((_, _, _) -> refresh());
    model.processing().value().addListener((_, _, _) -> refresh());
    model.stats().value().addListener((_, _, _) -> refresh());
    at.models().session().meta().addListener((_, _, _) -> refresh());
    refresh();
  }

  private void refresh() {
    model.processing().last().ifPresent(this::showAll);
    model
        .subscriptions()
        .last()
        .ifPresent(list -> Redraw.keepingFocus(cards, list.stream().map(this::card).toList()));
  }

  private void showAll(Processing processing) {
    Label title = Controls.label("All processing, on all nodes", "card-title");
    Label work =
        Controls.label(
            processing.inFlight() + " of " + processing.slots() + " slots in use", "muted");
    HBox head =
        Controls.row(
            12,
            title,
            runs(processing.paused()),
            work,
            Controls.spring(),
            switchFor(Optional.empty(), processing.paused()));
    Redraw.keepingFocus(all, with(head, pauseLine(processing.paused())));
  }

  private Node card(Subscription subscription) {
    Label name = Controls.label(subscription.name(), "title-4");
    HBox head =
        Controls.row(
            12,
            name,
            runs(subscription.paused()),
            Controls.spring(),
            switchFor(Optional.of(subscription.name()), subscription.paused()));
    var card = new VBox(10);
    card.getStyleClass().add("card");
    card.getChildren().setAll(with(head, pauseLine(subscription.paused())));
    card.getChildren().addAll(facts(subscription), figures(subscription));
    return card;
  }

  private static List<Node> with(Node head, Optional<Node> more) {
    return more.map(line -> List.of(head, line)).orElse(List.of(head));
  }

  private static Label runs(@Nullable Pause pause) {
    Label chip = Controls.label(pause == null ? "running" : "paused", "chip");
    chip.setGraphic(Icons.of(pause == null ? Feather.PLAY : Feather.PAUSE));
    chip.getStyleClass().add(pause == null ? "status-completed" : "status-retrying");
    return chip;
  }

  private Optional<Node> pauseLine(@Nullable Pause pause) {
    if (pause == null) {
      return Optional.empty();
    }
    String until =
        pause.until() == null ? "until resumed" : "until " + at.times().fullTime(pause.until());
    return Optional.of(
        Controls.paragraph(
            "Paused by "
                + pause.by()
                + " at "
                + at.times().fullTime(pause.at())
                + ", "
                + until
                + ": "
                + pause.reason(),
            "pause-line"));
  }

  private Node switchFor(Optional<String> subscription, @Nullable Pause pause) {
    String id = subscription.map(name -> "-" + name).orElse("-all");
    Button button =
        pause == null
            ? Controls.button(
                "pause" + id, "Pause", () -> PauseDialog.open(at, model, subscription), "small")
            : Controls.button(
                "resume" + id, "Resume", () -> model.resume(subscription), "small", "accent");
    button.setGraphic(Icons.of(pause == null ? Feather.PAUSE : Feather.PLAY));
    Keys.on(
        button,
        subscription.isPresent() ? "P" : "Shift+P",
        button.getText() + " " + subscription.orElse("all processing"));
    return Permissions.now(button, at.models().session());
  }

  private static Node facts(Subscription subscription) {
    var facts = new FlowPane(18, 4);
    facts
        .getChildren()
        .addAll(
            fact("event types", String.join(", ", subscription.patterns())),
            fact("handler", subscription.handler()),
            fact("retries", Integer.toString(subscription.maxRetries())),
            fact(
                "backoff",
                Texts.duration(Duration.ofMillis(subscription.retryBaseMs()))
                    + " to "
                    + Texts.duration(Duration.ofMillis(subscription.retryCapMs()))));
    return facts;
  }

  private Node figures(Subscription subscription) {
    var figures = new FlowPane(18, 4);
    Stats.Totals totals =
        model
            .stats()
            .last()
            .map(stats -> stats.subscriptions().get(subscription.name()))
            .orElse(null);
    if (totals != null) {
      long ended = totals.completed() + totals.failed();
      String share =
          ended == 0
              ? "–"
              : String.format(java.util.Locale.ROOT, "%.2f %%", 100.0 * totals.failed() / ended);
      figures
          .getChildren()
          .addAll(
              fact("processed", Texts.count(totals.completed())),
              fact("failed permanently", Texts.count(totals.failed())),
              fact("failure rate", share),
              fact("retried", Texts.count(totals.retried())));
    }
    Button events =
        Controls.button(
            "events-of-" + subscription.name(),
            "Show events",
            () ->
                at.console()
                    .showEvents(
                        new EventQuery(
                            List.of(new Term(Field.SUBSCRIPTION, subscription.name())), List.of())),
            "small",
            "flat");
    Keys.on(events, "V", "Events of " + subscription.name());
    figures.getChildren().add(events);
    return figures;
  }

  private static HBox fact(String name, String value) {
    return Controls.row(5, Controls.label(name, "muted"), Controls.label(value, "mono"));
  }
}

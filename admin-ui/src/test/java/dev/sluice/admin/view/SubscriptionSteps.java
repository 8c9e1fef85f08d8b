package dev.sluice.admin.view;

import dev.sluice.admin.api.DraftField;
import dev.sluice.admin.testing.LaneSample;
import dev.sluice.admin.testing.Reply;
import dev.sluice.admin.testing.Sample;
import dev.sluice.admin.testing.SubscriptionSample;
import dev.sluice.admin.testing.WebhookSample;
import dev.sluice.admin.viewmodel.Screen;
import dev.sluice.admin.viewmodel.SubscriptionForm;
import java.util.Optional;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;

/// Steps to the states of [GoldenTest] that are about back-fills and webhooks.
final class SubscriptionSteps {

  private SubscriptionSteps() {}

  static void fire(Stand stand, String id) {
    Fx.run(() -> stand.node(id, ButtonBase.class).fire());
  }

  static void backfill(Stand stand) {
    GoldenTest.subscription(stand, "billing");
    fire(stand, "backfill-subscription");
  }

  static void backfillProblem(Stand stand) {
    stand.service.on("POST /subscriptions/billing/backfill", SubscriptionSample.refusedFilter());
    backfill(stand);
    Fx.run(
        () -> stand.node("backfill-filter", TextArea.class).setText("{\"payload\": {\"a\": 3}}"));
    fire(stand, "plan-backfill");
    stand.settled();
  }

  static void backfillPlan(Stand stand) {
    stand.service.on(
        "POST /subscriptions/billing/backfill",
        Reply.json(SubscriptionSample.backfillPlan(1_300, 1_203)));
    backfill(stand);
    fire(stand, "plan-backfill");
    stand.settled();
  }

  /// The page of an ordered subscription.
  static void lanes(Stand stand) {
    LaneSample.fill(stand.service);
    stand.connect().show(Screen.SUBSCRIPTIONS);
    Fx.run(() -> stand.models().subscriptions().open("billing"));
    stand.settled();
  }

  /// The lanes of the subscription with most blocked ones.
  static void lanesScreen(Stand stand) {
    LaneSample.fill(stand.service);
    stand.connect().show(Screen.LANES);
    stand.settled();
    stand.settled();
  }

  static void webhook(Stand stand) {
    WebhookSample.fill(stand.service);
    openWebhook(stand);
  }

  private static void openWebhook(Stand stand) {
    stand.connect().show(Screen.SUBSCRIPTIONS);
    Fx.run(() -> stand.models().subscriptions().open("partner"));
    stand.settled();
  }

  /// The page with a selected attempt, scrolled to it.
  static void receiver(Stand stand) {
    webhook(stand);
    Fx.run(() -> stand.node("attempts-table", TableView.class).getSelectionModel().select(1));
    // The content gets its final height in the second pass; a new height would move it again.
    stand.settled().settled();
    Fx.run(
        () ->
            ((ScrollPane) stand.scene().lookup("#subscription-page .screen-scroll"))
                .setVvalue(0.4));
    stand.settled();
  }

  /// The page with as many attempts as the service lists.
  static void statusCodes(Stand stand) {
    WebhookSample.fill(stand.service);
    stand.service.on("GET /subscriptions/partner/attempts", WebhookSample.manyAttempts());
    openWebhook(stand);
  }

  private static void form(Stand stand) {
    webhook(stand);
    Fx.run(() -> stand.models().subscriptions().openForm(Optional.of("partner")));
    stand.settled();
  }

  /// The end of the form, after its test was sent.
  static void webhookSent(Stand stand) {
    form(stand);
    fire(stand, "send-sample");
    stand.settled();
    Fx.run(
        () ->
            ((ScrollPane) stand.scene().lookup("#subscription-form .screen-scroll")).setVvalue(1));
  }

  static void webhookForm(Stand stand) {
    form(stand);
    SubscriptionForm form = stand.models().subscriptions().form().get().orElseThrow();
    Fx.run(
        () -> {
          form.field(DraftField.URL).text().set("");
          form.save();
        });
    stand.settled();
  }

  static void rotate(Stand stand) {
    webhook(stand);
    fire(stand, "rotate-secret");
  }

  static void secret(Stand stand) {
    rotate(stand);
    fire(stand, "confirm-rotate");
    stand.settled();
  }

  /// An event with the responses of its attempts, one of which is shown.
  static void responses(Stand stand) {
    stand.service.on(
        "GET /events/order-1003",
        Reply.json(WebhookSample.withResponses(Sample.detail("order-1003", "failed"))));
    stand.connect().show(Screen.EVENTS).open("order-1003");
    fire(stand, "show-response-default-1");
    stand.settled();
  }
}

package dev.sluice.admin.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.model.Profile;
import dev.sluice.admin.testing.Reply;
import dev.sluice.admin.testing.Sample;
import dev.sluice.admin.testing.SubscriptionSample;
import dev.sluice.admin.testing.WebhookSample;
import dev.sluice.admin.viewmodel.Screen;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The page and the form of a webhook subscription, and the responses in an event.
@Tag("slow")
final class WebhookScreensTest {

  private static final String ATTEMPTS = "GET /subscriptions/partner/attempts";

  private final Stand stand = Stand.lively().connect();
  private final User user = new User(stand);

  @BeforeEach
  void show() {
    WebhookSample.fill(stand.service);
    stand.show(Screen.SUBSCRIPTIONS);
  }

  @AfterEach
  void close() {
    stand.close();
  }

  private void open(String name) {
    Fx.run(() -> stand.models().subscriptions().open(name));
    stand.settled();
  }

  private TableView<?> attempts() {
    return stand.node("attempts-table", TableView.class);
  }

  private String text(String id) {
    return Fx.get(() -> stand.node(id, TextInputControl.class).getText());
  }

  @Test
  void receiver_isExplained_andItsTimeRuns() {
    open("partner");
    assertThat(stand.text())
        .contains("circuit open", "Circuit breaker open until 09:30:42 (in 42 s): 8 of the last 10")
        .contains("in flight", "concurrency", "1\u202f120", "p50 12.0 ms, p99 80.4 ms");

    stand.service.on(
        "GET /subscriptions/partner",
        Reply.json(WebhookSample.partner("{\"state\":\"open\"}")).with("ETag", "\"4\""));
    stand.seconds(2);
    assertThat(stand.text()).contains("receiving", "Deliveries are sent when they are due.");
  }

  @Test
  void definition_saysWhereDeliveriesGo_withoutSecrets() {
    open("partner");

    assertThat(stand.text())
        .contains("https://partner.example/hooks/orders", "X-Team: billing", "410, 422")
        .contains("user name sluice and a password", "after 5s, 5m, 1h");
  }

  @Test
  void otherSubscriptions_haveNoReceiver() {
    open("billing");

    assertThat(stand.sees("receiver-card")).isFalse();
    assertThat(stand.sees("attempts-card")).isFalse();
    assertThat(stand.sees("rotate-secret")).isFalse();
  }

  @Test
  void webhookOfAnOlderService_hasNoStateButTheRest() {
    stand.service.on("GET /subscriptions/partner", Reply.json(WebhookSample.partner("null")));
    open("partner");

    assertThat(stand.sees("receiver-card")).isFalse();
    assertThat(stand.sees("attempts-table")).isTrue();
  }

  @Test
  void selectedAttempt_showsRequestAndResponse() {
    open("partner");
    assertThat(stand.sees("attempt-pane")).isFalse();
    Fx.run(() -> attempts().getSelectionModel().select(1));
    stand.settled();

    assertThat(stand.text())
        .contains("retry-after: 30", "Cut: the rest of the body was not stored.")
        .contains("resolve 0.4 ms, connect 1.2 ms, TLS 8.6 ms, first byte 40.1 ms, total 42.3 ms");
    assertThat(text("attempt-response-body")).startsWith("{\"error\":\"unavailable\"");
    user.click("event-of-attempt");
    user.sees("the event", () -> stand.models().open().get().isPresent());
  }

  @Test
  void attemptsWithoutResponse_sayWhy() {
    open("partner");
    Fx.run(() -> attempts().getSelectionModel().select(0));
    assertThat(stand.settled().text()).contains("The request is in progress.");

    Fx.run(() -> attempts().getSelectionModel().select(4));
    assertThat(stand.settled().text()).contains("no response").doesNotContain("in progress.");
  }

  @Test
  void selection_followsItsAttempt_whenNewerOnesComeIn() {
    open("partner");
    Fx.run(() -> attempts().getSelectionModel().select(1));
    String before = Fx.get(() -> attempts().getSelectionModel().getSelectedItem().toString());
    String newer =
        "{\"event_id\":\"new\",\"number\":1,\"outcome\":\"running\","
            + "\"started_at\":\"2026-03-14T09:30:01Z\"}";
    Reply known = WebhookSample.allAttempts();
    stand.service.on(ATTEMPTS, Reply.json(known.body().replaceFirst("\\[", "[" + newer + ",")));
    stand.seconds(6);

    assertThat(attempts().getItems()).hasSize(6);
    assertThat(Fx.get(() -> attempts().getSelectionModel().getSelectedIndex())).isEqualTo(2);
    assertThat(Fx.get(() -> attempts().getSelectionModel().getSelectedItem().toString()))
        .isEqualTo(before);
  }

  @Test
  void attempts_areFilteredByKey() {
    open("partner");
    user.press(KeyCode.ALT, KeyCode.DIGIT4);
    user.sees("one attempt", () -> attempts().getItems().size() == 1);

    user.press(KeyCode.ALT, KeyCode.DIGIT3);
    user.seesText("No recent attempts with a status of 3xx.");
    assertThat(stand.sees("attempts-table")).isFalse();
  }

  private String codes() {
    return Fx.get(() -> stand.view().lookup(".stacked-bars").getAccessibleText());
  }

  @Test
  void statusCodes_areReadAloud_whateverTheFilter() {
    stand.service.on(ATTEMPTS, WebhookSample.manyAttempts());
    open("partner");
    String all =
        "Status codes of the newest 200 attempts from 09:17:02 to 09:30:00: 2xx 147, 3xx 4, 4xx 5,"
            + " 5xx 36, no response 8.";
    assertThat(codes()).isEqualTo(all);
    assertThat(attempts().getItems()).hasSize(50);

    user.press(KeyCode.ALT, KeyCode.DIGIT4);
    assertThat(codes()).isEqualTo(all);
  }

  @Test
  void barUnderThePointer_showsItsTimeAndItsCounts() {
    open("partner");
    Node bars = stand.view().lookup(".stacked-bars");
    double end = Fx.get(() -> bars.localToScene(bars.getLayoutBounds().getWidth() - 12, 0).getX());
    Fx.run(() -> bars.fireEvent(ScreensTest.mouse(MouseEvent.MOUSE_MOVED, end)));
    assertThat(stand.text()).contains("09:29:59 to 09:30:00");

    Fx.run(() -> bars.fireEvent(ScreensTest.mouse(MouseEvent.MOUSE_EXITED, end)));
    assertThat(stand.text()).doesNotContain("09:29:59 to 09:30:00");
  }

  @Test
  void statusCodesThatAreNotThere_areNone_orUnreadable() {
    stand.service.on(ATTEMPTS, Reply.json("[]"));
    open("partner");
    assertThat(hint()).isEqualTo("No attempts yet.");
    assertThat(Fx.get(() -> Stand.isSeen(stand.view().lookup(".stacked-bars")))).isFalse();

    Fx.run(() -> stand.models().subscriptions().closePage());
    stand.service.on(ATTEMPTS, Reply.problem(500, "internal", "attempts are lost"));
    open("partner");
    assertThat(hint()).isEqualTo("The status codes could not be read.");
  }

  private String hint() {
    return Fx.get(() -> stand.node("status-codes-hint", Label.class).getText());
  }

  @Test
  void attemptsThatAreNotThere_areLoading_orNone_orUnreadable() {
    stand.service.on(ATTEMPTS, Reply.json("[]"));
    open("partner");
    assertThat(stand.text()).contains("No attempts yet.");

    stand.service.on(ATTEMPTS, Reply.problem(500, "internal", "attempts are lost"));
    Fx.run(() -> stand.node("attempts-client-error", ButtonBase.class).fire());
    assertThat(stand.settled().text())
        .contains("The attempts could not be read.", "Attempts are lost.");

    Fx.run(stand.lanes::hold);
    Fx.run(() -> stand.node("attempts-success", ButtonBase.class).fire());
    assertThat(stand.settled().sees("attempts-hint")).isFalse();
    Fx.run(stand.lanes::release);
  }

  @Test
  void attemptsThatCannotBeReadAgain_stay() {
    open("partner");
    stand.service.on(ATTEMPTS, Reply.problem(500, "internal", "attempts are lost"));
    stand.seconds(6);

    assertThat(attempts().getItems()).hasSize(5);
    assertThat(stand.text()).contains("Attempts are lost.");
  }

  @Test
  void secret_isRotatedByKeyboard_andShownOnce() {
    open("partner");
    user.press(KeyCode.S);
    user.sees("the question", () -> stand.sees("confirm-rotate"));
    assertThat(stand.service.requests("POST /subscriptions/partner/secret")).isEmpty();
    user.press(KeyCode.CONTROL, KeyCode.ENTER);
    user.sees("the secret", () -> stand.sees("made-secret"));
    assertThat(text("made-secret")).isEqualTo(WebhookSample.SECRET);
    assertThat(stand.text()).contains("It is never shown again.", "Until Mar 15 09:30:00");

    user.press(KeyCode.CONTROL, KeyCode.ENTER).seesText("secret copied");
    user.press(KeyCode.ESCAPE);
    user.sees("no dialog", () -> !stand.sees("secret-dialog"));
    assertThat(stand.text()).doesNotContain("was not copied", "whsec");
  }

  @Test
  void secretThatWasNotCopied_isMentioned() {
    open("partner");
    user.press(KeyCode.S);
    user.press(KeyCode.CONTROL, KeyCode.ENTER);
    user.sees("the secret", () -> stand.sees("made-secret"));
    user.press(KeyCode.ESCAPE);

    user.seesText("The signing secret of partner was not copied");
  }

  @Test
  void rotationThatIsLeft_changesNothing_andOneThatFailsSaysWhy() {
    stand.service.on("POST /subscriptions/partner/secret", Reply.problem(409, "c", "a file rules"));
    open("partner");
    user.press(KeyCode.S).press(KeyCode.ESCAPE);
    user.sees("no question", () -> !stand.sees("rotate-dialog"));
    assertThat(stand.service.requests("POST /subscriptions/partner/secret")).isEmpty();

    user.press(KeyCode.S);
    user.press(KeyCode.CONTROL, KeyCode.ENTER);
    user.seesText("A file rules.");
  }

  @Test
  void newWebhook_isTyped_andItsSecretShown() {
    stand.service.on("PUT /subscriptions/vip", Reply.json(WebhookSample.withSecret()));
    user.press(KeyCode.N);
    user.sees("the form", () -> stand.sees("subscription-form"));
    assertThat(stand.sees("subscription-url")).isFalse();
    user.type("vip").press(KeyCode.TAB).press(KeyCode.TAB).type("order.*");
    Fx.run(() -> destination().setValue("webhook"));
    stand.settled();
    assertThat(stand.sees("subscription-token")).isFalse();
    Fx.run(
        () -> stand.node("subscription-url", TextInputControl.class).setText("https://a.example"));
    user.press(KeyCode.CONTROL, KeyCode.ENTER);

    user.sees("the secret", () -> stand.sees("made-secret"));
    assertThat(stand.service.requests("PUT /subscriptions/vip").getFirst().body())
        .contains(
            "\"destination\":{\"kind\":\"webhook\",\"url\":\"https://a.example\","
                + "\"format\":\"standard\"}");
  }

  @SuppressWarnings("unchecked")
  private ChoiceBox<String> destination() {
    return stand.node("subscription-destination", ChoiceBox.class);
  }

  @Test
  void sample_isSentByKey_andItsResponseShown() {
    open("partner");
    user.press(KeyCode.E);
    user.sees("the button", () -> stand.sees("send-sample"));
    user.press(KeyCode.ALT, KeyCode.S);

    user.seesText("Sent: failed after 42 ms, Status: 503. It would be retried.");
    assertThat(text("sample-response-body")).contains("unavailable");
    assertThat(stand.text()).contains("POST https://partner.example/hooks/orders");
  }

  @Test
  void readOnlyProfile_hidesTheRotation_andShowsTheAttempts() {
    stand.connect(
        new Profile("looks", stand.service.address(), true, Profile.Colour.NONE, List.of()));
    open("partner");

    assertThat(stand.sees("rotate-secret")).isFalse();
    assertThat(stand.sees("attempts-table")).isTrue();
  }

  @Test
  void list_namesTheHostOfAWebhook() {
    stand.service.on(
        "GET /subscriptions",
        Reply.json(
            "["
                + SubscriptionSample.billing()
                + ","
                + WebhookSample.partner(WebhookSample.broken())
                + "]"));
    stand.seconds(4);

    assertThat(stand.text()).contains("partner.example");
  }

  @Test
  void responseInAnEvent_isShownOnRequest_andStaysOpen() {
    String event = WebhookSample.withResponses(Sample.detail("order-7", "failed"));
    stand.service.on("GET /events/order-7", Reply.json(event));
    stand.show(Screen.EVENTS).open("order-7");
    assertThat(stand.text()).contains("503", "no response").doesNotContain("retry-after: 30");
    user.click("show-response-default-3");
    user.seesText("retry-after: 30");

    stand.service.on(
        "GET /events/order-7", Reply.json(event.replace("\"attempts\":3", "\"attempts\":4")));
    Fx.run(() -> stand.models().open().get().orElseThrow().refresh());
    assertThat(stand.settled().text()).contains("retry-after: 30");
  }
}

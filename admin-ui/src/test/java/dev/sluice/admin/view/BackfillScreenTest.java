package dev.sluice.admin.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.testing.Reply;
import dev.sluice.admin.testing.Request;
import dev.sluice.admin.testing.Sample;
import dev.sluice.admin.testing.SubscriptionSample;
import dev.sluice.admin.viewmodel.Screen;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The back-fill of a subscription: its question, plan, progress and stop.
@Tag("slow")
final class BackfillScreenTest {

  private static final String PATH = "POST /subscriptions/billing/backfill";

  private final Stand stand = Stand.lively().connect();
  private final User user = new User(stand);

  @BeforeEach
  void show() {
    SubscriptionSample.fill(stand.service);
    stand.service.on(PATH, Reply.json(SubscriptionSample.backfillPlan(1_300, 1_203)));
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

  private boolean isOffered() {
    return !Fx.get(() -> stand.node("backfill-subscription", ButtonBase.class).isDisabled());
  }

  @Test
  void backfill_isPlannedStartedAndStopped_byKeyboardAlone() {
    String running = Sample.job("running", 1_203, 300, 2, 901);
    stand.service.on("POST /bulk", Reply.json(running).withStatus(202));
    stand.service.on("GET /bulk/bulk_7d0c", Reply.json(running));
    stand.service.on(
        "DELETE /bulk/bulk_7d0c", Reply.json(Sample.job("stopped", 1_203, 310, 2, 891)));
    open("billing");
    user.press(KeyCode.B);
    user.sees("the question", () -> stand.sees("backfill-dialog"));
    user.type("2026-03-14T00:00:00Z").press(KeyCode.ENTER);
    user.seesText("1\u202f203 lack a delivery and get one");
    assertThat(stand.service.requests(PATH))
        .extracting(Request::body)
        .containsExactly("{\"since\":\"2026-03-14T00:00:00Z\"}");

    user.press(KeyCode.CONTROL, KeyCode.ENTER);
    user.seesText("300 back-filled, 2 skipped, 901 left");
    user.press(KeyCode.S);
    user.seesText("Stopped: 310 back-filled, 891 left unchanged");
    user.press(KeyCode.ESCAPE);
    user.sees("no dialog", () -> !stand.sees("bulk-dialog"));
  }

  @Test
  void wrongTime_staysInTheQuestion() {
    open("billing");
    user.press(KeyCode.B);
    user.sees("the question", () -> stand.sees("backfill-dialog"));
    user.type("yesterday").press(KeyCode.ENTER);

    user.seesText("Enter the first time such as");
    assertThat(stand.service.requests(PATH)).isEmpty();
  }

  @Test
  void refusedFilter_isSaidAtItsField_whichHasTheFocus() {
    stand.service.on(PATH, SubscriptionSample.refusedFilter());
    open("billing");
    user.press(KeyCode.B);
    user.sees("the question", () -> stand.sees("backfill-dialog"));
    user.press(KeyCode.TAB).press(KeyCode.TAB).type("{\"payload\":{}}");
    user.press(KeyCode.CONTROL, KeyCode.ENTER);

    user.seesText("/payload/a must be a list");
    user.sees("the problem at its field", () -> stand.sees("backfill-filter-problem"));
    TextInputControl filter = stand.node("backfill-filter", TextInputControl.class);
    assertThat(Fx.get(filter::isFocused)).isTrue();
    assertThat(filter.getText()).isEqualTo("{\"payload\":{}}");
    assertThat(stand.sees("bulk-dialog")).isFalse();
  }

  @Test
  void refusalThatComesLater_returnsToTheQuestion() {
    stand.service.on(PATH, SubscriptionSample.refusedFilter());
    planWithoutAnAnswer();
    Fx.run(stand.lanes::release);

    user.sees("the problem at its field", () -> stand.sees("backfill-filter-problem"));
    assertThat(stand.sees("bulk-dialog")).isFalse();
  }

  private void planWithoutAnAnswer() {
    open("billing");
    user.press(KeyCode.B);
    user.sees("the question", () -> stand.sees("backfill-dialog"));
    Fx.run(stand.lanes::hold);
    user.press(KeyCode.CONTROL, KeyCode.ENTER);
    user.sees("the plan", () -> stand.sees("bulk-dialog"));
  }

  @Test
  void refusal_doesNotOpenAQuestionThatWasLeft() {
    stand.service.on(PATH, SubscriptionSample.refusedFilter());
    planWithoutAnAnswer();
    user.press(KeyCode.ESCAPE);
    user.sees("no dialog", () -> !stand.sees("bulk-dialog"));
    Fx.run(stand.lanes::release);
    stand.settled();

    assertThat(stand.sees("backfill-dialog")).isFalse();
  }

  @Test
  void operator_isOfferedIt_whereTheServiceCan() {
    stand.service.on("GET /meta", Reply.json(Sample.meta("dev", "operator")));
    stand.seconds(6);
    open("billing");
    assertThat(isOffered()).isTrue();

    stand.service.on(
        "GET /meta", Reply.json(Sample.meta("dev", "operator").replace("\"backfill\",", "")));
    stand.seconds(6);
    assertThat(isOffered()).isFalse();
  }

  @Test
  void subscriptionThatGetsNoEvents_hasNoBackfill() {
    stand.service.on(
        "GET /subscriptions/billing",
        Reply.json(SubscriptionSample.billing().replace("\"active\"", "\"finishing\"")));
    open("billing");

    assertThat(stand.sees("backfill-subscription")).isFalse();
  }
}

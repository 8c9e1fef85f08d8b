package dev.sluice.admin.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.testing.Reply;
import dev.sluice.admin.testing.SubscriptionSample;
import dev.sluice.admin.viewmodel.Screen;
import java.util.Optional;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The test of a draft in the form, and the hint at events that no subscription matched.
@Tag("slow")
final class SampleCardTest {

  private final Stand stand = Stand.lively().connect();
  private final User user = new User(stand);

  @BeforeEach
  void show() {
    SubscriptionSample.fill(stand.service);
    stand.show(Screen.SUBSCRIPTIONS);
  }

  @AfterEach
  void close() {
    stand.close();
  }

  private void edit(String name) {
    Fx.run(() -> stand.models().subscriptions().openForm(Optional.of(name)));
    stand.settled();
  }

  @Test
  void draft_isTestedWhileItIsTyped_andTheReasonIsAtItsField() {
    edit("billing");
    user.seesText("The event matches.");
    stand.service.on(
        "POST /subscriptions/billing/test",
        Reply.json(SubscriptionSample.mismatch("/types", "The type order.paid does not match.")));
    TextInputControl types = stand.node("subscription-types", TextInputControl.class);
    Fx.run(() -> types.setText("refund.*"));
    stand.seconds(1);

    assertThat(stand.text()).contains("No match. The type order.paid does not match.");
    assertThat(stand.sees("subscription-types-mismatch")).isTrue();
    assertThat(Fx.get(types::getAccessibleHelp)).startsWith("The type order.paid");
  }

  @Test
  void eventOfTheTest_isChosenByKeyboard() {
    edit("billing");
    String newest = Fx.get(() -> sampleId().getText());
    user.press(KeyCode.ALT, KeyCode.R).press(KeyCode.DOWN).press(KeyCode.DOWN).press(KeyCode.ENTER);

    user.sees("another event", () -> !sampleId().getText().equals(newest));
  }

  private TextInputControl sampleId() {
    return stand.node("sample-event", TextInputControl.class);
  }

  @Test
  void unroutedEvents_areSaid_andLeadToTheirList() {
    stand.service.on(
        "GET /stats",
        Reply.json(SubscriptionSample.stats(10).replace("\"unrouted\":0", "\"unrouted\":1204")));
    stand.seconds(4);
    user.seesText("1\u202f204 stored events matched no subscription");
    user.press(KeyCode.U);

    user.sees("the events", () -> stand.console.screen().get() == Screen.EVENTS);
    assertThat(stand.models().events().query().get()).hasToString("status:unrouted");
  }
}

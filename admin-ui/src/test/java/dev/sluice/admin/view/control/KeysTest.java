package dev.sluice.admin.view.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.model.Profile;
import dev.sluice.admin.testing.Reply;
import dev.sluice.admin.testing.Request;
import dev.sluice.admin.testing.Sample;
import dev.sluice.admin.testing.SubscriptionSample;
import dev.sluice.admin.testing.WebhookSample;
import dev.sluice.admin.view.Fx;
import dev.sluice.admin.view.Stand;
import dev.sluice.admin.view.User;
import dev.sluice.admin.viewmodel.Screen;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.Control;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Every action has a key, its tooltip shows the key, and the key acts on what the user means.
@Tag("slow")
final class KeysTest {

  private final Stand stand = Stand.lively().connect();

  @AfterEach
  void close() {
    stand.close();
  }

  /// Returns the visible controls without a key in their tooltip.
  private List<String> withoutKey() {
    return KeyHints.missing(stand);
  }

  /// Sends key events as a keyboard does: the typed event goes to the control that the press
  /// focused.
  private void press(KeyCode code, boolean shift, boolean control) {
    Fx.run(
        () -> {
          fire(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, shift, control, false, false));
          String letter = control ? "" : code.getChar().toLowerCase(Locale.ROOT);
          fire(
              new KeyEvent(KeyEvent.KEY_TYPED, letter, letter, code, shift, control, false, false));
          fire(new KeyEvent(KeyEvent.KEY_RELEASED, "", "", code, shift, control, false, false));
        });
    stand.settled();
  }

  private void fire(KeyEvent event) {
    Node focus = stand.scene().getFocusOwner();
    Event.fireEvent(focus == null ? stand.scene().getRoot() : focus, event);
  }

  private void press(KeyCode... codes) {
    List.of(codes).forEach(code -> press(code, false, false));
  }

  private void focus(String id) {
    Fx.run(() -> stand.node(id, Control.class).requestFocus());
  }

  @ParameterizedTest
  @EnumSource(Screen.class)
  void everythingThatActs_hasItsKeyOnItsTooltip(Screen screen) {
    stand.show(screen);

    assertThat(withoutKey()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Screen.class,
      names = {"EVENTS", "DEAD_LETTERS"})
  void dialogsAndTheDrawer_haveKeysToo(Screen screen) {
    stand.service.on("POST /bulk/plan", Reply.json(Sample.plan(812, 800)));
    stand.show(screen).open("order-1000");
    assertThat(withoutKey()).isEmpty();

    press(KeyCode.DIGIT2);
    assertThat(withoutKey()).isEmpty();

    press(KeyCode.R, true, false);
    assertThat(stand.sees("start-bulk")).isTrue();
    assertThat(withoutKey()).isEmpty();

    press(KeyCode.ESCAPE);
    press(KeyCode.N, false, true);
    assertThat(stand.sees("send-now")).isTrue();
    assertThat(withoutKey()).isEmpty();
  }

  /// The key that opens a dialog of a screen, and the id of a control in it.
  @ParameterizedTest
  @CsvSource({
    "EVENTS, S, false, true, keep-view",
    "EVENTS, SLASH, true, false, close-keys",
    "SUBSCRIPTIONS, P, false, false, confirm-pause",
    "SUBSCRIPTIONS, P, true, false, confirm-pause",
    "SETTINGS, A, false, false, save-profile",
    "SETTINGS, E, false, false, save-profile",
  })
  void dialogOfAScreen_hasKeys(
      Screen screen, KeyCode key, boolean shift, boolean control, String known) {
    stand.show(screen);
    press(key, shift, control);

    assertThat(stand.sees(known)).isTrue();
    assertThat(withoutKey()).isEmpty();
  }

  @Test
  void dialogsOfAnEvent_haveKeys() {
    stand.show(Screen.DEAD_LETTERS).open("order-1000");
    press(KeyCode.E);
    assertThat(stand.sees("send-edited")).isTrue();
    assertThat(withoutKey()).isEmpty();

    press(KeyCode.ESCAPE);
    press(KeyCode.ESCAPE);
    press(KeyCode.J);
    press(KeyCode.D);
    assertThat(stand.sees("run-selection")).isTrue();
    assertThat(withoutKey()).isEmpty();
  }

  @Test
  void keyOfSeveralCards_meansTheOneWithTheKeyboard() {
    var other = Profile.of("other", stand.service.address());
    Fx.run(() -> stand.console.settings().save("", other, Optional.empty()));
    stand.show(Screen.SETTINGS);
    focus("rail-settings");
    press(KeyCode.E);
    assertThat(stand.sees("save-profile")).isFalse();
    assertThat(stand.text()).contains("Several controls here use this key");

    focus("use-other");
    press(KeyCode.E);

    assertThat(stand.node("profile-name", TextInputControl.class).getText()).isEqualTo("other");
  }

  @Test
  void keyOfSubscriptions_meansTheSelectedOne() {
    SubscriptionSample.fill(stand.service);
    stand.show(Screen.SUBSCRIPTIONS);
    focus("rail-subscriptions");
    press(KeyCode.P);
    assertThat(stand.sees("confirm-pause")).isFalse();
    assertThat(stand.text()).contains("Select a subscription first");

    press(KeyCode.J, KeyCode.J, KeyCode.P);

    assertThat(stand.text()).contains("Pause billing");
    assertThat(stand.sees("confirm-pause")).isTrue();
  }

  @Test
  void pageAndFormOfASubscription_haveKeys() {
    SubscriptionSample.fill(stand.service);
    stand.show(Screen.SUBSCRIPTIONS);
    keysOpen("subscription-page", KeyCode.J, KeyCode.J, KeyCode.ENTER);
    keysOpen("confirm-delete", KeyCode.DELETE);
    keysOpen("plan-backfill", KeyCode.ESCAPE, KeyCode.B);
    keysOpen("subscription-form", KeyCode.ESCAPE, KeyCode.E);
  }

  private void keysOpen(String id, KeyCode... keys) {
    press(keys);
    assertThat(stand.sees(id)).isTrue();
    assertThat(withoutKey()).isEmpty();
  }

  @Test
  void pageAndDialogsOfAWebhook_haveKeys() {
    WebhookSample.fill(stand.service);
    stand.show(Screen.SUBSCRIPTIONS);
    Fx.run(() -> stand.models().subscriptions().open("partner"));
    stand.settled();
    assertThat(withoutKey()).isEmpty();
    keysOpen("confirm-rotate", KeyCode.S);
    press(KeyCode.ENTER, false, true);
    assertThat(stand.sees("copy-secret")).isTrue();
    assertThat(withoutKey()).isEmpty();
    keysOpen("subscription-url", KeyCode.ESCAPE, KeyCode.E);
  }

  @Test
  void onlySubscription_isMeantWithoutTheKeyboard() {
    stand.show(Screen.SUBSCRIPTIONS);
    press(KeyCode.P);

    assertThat(stand.text()).contains("Pause default");
    assertThat(stand.node("pause-reason", TextInputControl.class).getText()).isEmpty();
  }

  @Test
  void slash_goesToTheQuery_andIsNotTypedThere() {
    stand.show(Screen.EVENTS);
    press(KeyCode.SLASH);
    assertThat(Fx.get(() -> stand.scene().getFocusOwner().getId())).isEqualTo("query");
    assertThat(stand.node("query", TextInputControl.class).getText()).isEmpty();

    press(KeyCode.A);
    assertThat(stand.node("query", TextInputControl.class).getText()).isEqualTo("a");

    press(KeyCode.ESCAPE);
    assertThat(Fx.get(() -> stand.scene().getFocusOwner().getId())).isEqualTo("events-table");
  }

  @Test
  void rows_areReachedFromAnywhere() {
    stand.show(Screen.EVENTS);
    focus("rail-events");
    press(KeyCode.J);
    press(KeyCode.J);
    press(KeyCode.K);
    press(KeyCode.ENTER);

    assertThat(stand.models().open().get().orElseThrow().id()).isEqualTo("order-1000");
  }

  @Test
  void x_marksRowsOneByOne() {
    stand.show(Screen.EVENTS);
    for (KeyCode key :
        List.of(KeyCode.J, KeyCode.X, KeyCode.J, KeyCode.J, KeyCode.X, KeyCode.J, KeyCode.X)) {
      press(key);
    }
    assertThat(stand.models().events().selection().get())
        .containsExactlyInAnyOrder("order-1000", "order-998", "order-997");

    press(KeyCode.X);
    assertThat(stand.models().events().selection().get())
        .containsExactlyInAnyOrder("order-1000", "order-998");
  }

  private static String job(String id) {
    return Sample.job("running", 10, 2, 0, 8).replace("bulk_7d0c", id);
  }

  @Test
  void stop_isAboutTheMarkedJob_alsoWhenANewerOneCameInOnTop() {
    stand.service.on("GET /bulk", Reply.json("[" + job("bulk_b") + "," + job("bulk_a") + "]"));
    stand.show(Screen.ACTIVITY).seconds(6);
    press(KeyCode.DIGIT2);
    TableView<?> jobs = stand.node("jobs-table", TableView.class);
    Fx.run(
        () -> {
          jobs.getSelectionModel().select(1);
          jobs.requestFocus();
        });
    stand.service.on(
        "GET /bulk",
        Reply.json(
            "["
                + job("bulk_c")
                + ","
                + job("bulk_b")
                + ","
                + job("bulk_a").replace("\"done\":2", "\"done\":3")
                + "]"));
    stand.seconds(6);
    assertThat(jobs.getItems()).hasSize(3);
    press(KeyCode.S);

    assertThat(stand.service.requests())
        .filteredOn(request -> request.method().equals("DELETE"))
        .extracting(Request::path)
        .containsExactly("/bulk/bulk_a");
  }

  @Test
  void enter_followsTheLinkWithTheKeyboard() {
    focus("count-failed");
    press(KeyCode.ENTER);

    assertThat(stand.console.screen().get()).isEqualTo(Screen.EVENTS);
    assertThat(stand.models().events().query().get()).hasToString("status:failed");
  }

  @Test
  void keysBelowADialog_rest() {
    stand.show(Screen.SUBSCRIPTIONS);
    press(KeyCode.F1);
    press(KeyCode.P);

    assertThat(stand.sees("confirm-pause")).isFalse();
  }

  @Test
  void listOfKeys_namesThoseOfTheScreenToo() {
    stand.show(Screen.SETTINGS);
    press(KeyCode.F1);

    assertThat(stand.text()).contains("Edit staging", "Add a profile", "Ctrl+K");
  }

  @Test
  void palette_offersWhatOnlyThisScreenCanDo() {
    stand.show(Screen.ACTIVITY);
    press(KeyCode.K, false, true);
    Fx.run(
        () ->
            stand
                .node("palette-letters", javafx.scene.control.TextField.class)
                .setText("verify log unchanged"));

    assertThat(stand.settled().text()).contains("Verify that the activity log is unchanged");
  }

  @Test
  void switchedOffAction_saysWhyUnderTheMouse() {
    stand.service.on("GET /meta", Reply.json(Sample.meta("staging", "viewer")));
    stand.show(Screen.EVENTS).seconds(6);
    var user = new User(stand);
    user.hover("replay-all");

    user.sees(
        "why not",
        () ->
            Window.getWindows().stream()
                .anyMatch(
                    window ->
                        window instanceof Tooltip tooltip
                            && tooltip.isShowing()
                            && tooltip.getText().contains("this requires operator")));
  }
}

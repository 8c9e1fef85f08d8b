package dev.sluice.admin.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.model.Profile;
import dev.sluice.admin.testing.Reply;
import dev.sluice.admin.testing.Request;
import dev.sluice.admin.testing.Sample;
import dev.sluice.admin.testing.SubscriptionSample;
import dev.sluice.admin.viewmodel.Screen;
import dev.sluice.admin.viewmodel.SubscriptionsModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The list, the page and the form of subscriptions, with keyboard and mouse.
@Tag("slow")
final class SubscriptionScreensTest {

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

  private SubscriptionsModel model() {
    return stand.models().subscriptions();
  }

  private void open(String name) {
    Fx.run(() -> model().open(name));
    stand.settled();
  }

  private void edit(String name) {
    Fx.run(() -> model().openForm(Optional.of(name)));
    stand.settled();
  }

  private TableView<?> table() {
    return stand.node("subscriptions-table", TableView.class);
  }

  private String focused() {
    return Fx.get(() -> String.valueOf(stand.scene().getFocusOwner().getId()));
  }

  private List<String> changes() {
    return stand.service.requests().stream()
        .filter(request -> !request.method().equals("GET"))
        .filter(request -> !request.path().endsWith("/test"))
        .map(request -> request.method() + " " + request.path())
        .toList();
  }

  @Test
  void subscription_isFoundOpenedAndLeft_byKeyboardAlone() {
    user.press(KeyCode.SLASH).type("ship").press(KeyCode.ENTER);
    assertThat(table().getItems()).hasSize(1);
    user.press(KeyCode.ENTER);
    user.sees("the page", () -> stand.sees("subscription-page"));
    user.seesText("Paused by ann");
    user.seesText("the carrier is being moved");

    user.press(KeyCode.ESCAPE);
    user.sees("the list", () -> stand.sees("subscriptions-table"));
    assertThat(focused()).isEqualTo("subscriptions-table");
    user.press(KeyCode.A);
    user.sees("all", () -> table().getItems().size() == 5);
    assertThat(model().rows().selected().get()).contains("shipping");
  }

  @Test
  void selection_staysOnItsSubscription_whenOthersComeAndGo() {
    Fx.run(() -> model().rows().select(Optional.of("mail")));
    stand.service.on(
        "GET /subscriptions",
        Reply.json(SubscriptionSample.many(0, 1).replace("sub-00000", "aaa")));
    stand.seconds(4);
    assertThat(table().getItems()).hasSize(1);
    SubscriptionSample.fill(stand.service);
    stand.seconds(4);

    assertThat(Fx.get(() -> table().getSelectionModel().getSelectedIndex())).isEqualTo(2);
    assertThat(model().rows().selected().get()).contains("mail");
  }

  @Test
  void tenThousandRows_areDrawnAsFewCells() {
    stand.service.on("GET /subscriptions", Reply.json(SubscriptionSample.many(0, 10_000)));
    Fx.run(() -> model().refresh());
    stand.settled();

    assertThat(table().getItems()).hasSize(10_000);
    assertThat(Fx.get(() -> table().lookupAll(".table-row-cell").size())).isLessThan(60);
    assertThat(stand.text()).contains("10\u202f000 subscriptions");
  }

  @Test
  void page_saysWhatTheSubscriptionIs_andWhatChanged() {
    open("billing");

    assertThat(stand.text())
        .contains("order.*, invoice.paid", "at most 10, waits from 1s, times 2, up to 1h")
        .contains("at most 50 attempts a second, bursts of 100")
        .contains("Event types: order.* → order.*, invoice.paid")
        .contains("NotFound", "812");
    assertThat(stand.node("filter-text", TextInputControl.class).getText()).contains("12.50");
  }

  @Test
  void page_saysWhatIsWaiting_andKeepsTheSelectedTextWhenThatChanges() {
    open("billing");
    TextInputControl filter = stand.node("filter-text", TextInputControl.class);
    Fx.run(filter::selectAll);
    SubscriptionSample.fillCounted(stand.service);
    stand.seconds(4);

    assertThat(stand.text()).contains("waiting", "10\u202f000+", "12 min 34 s+");
    assertThat(Fx.get(filter::getSelectedText)).contains("12.50");
  }

  @Test
  void groupOfDeadLetters_leadsToItsEvents() {
    open("billing");
    user.click("group-" + Sample.GROUP);

    user.sees("dead letters", () -> stand.console.screen().get() == Screen.DEAD_LETTERS);
    assertThat(stand.models().deadLetters().events().filter().errors())
        .containsExactly(Sample.GROUP);
  }

  @Test
  void allDeadLettersOfASubscription_areAQuery() {
    open("billing");
    user.press(KeyCode.D);

    user.sees("dead letters", () -> stand.console.screen().get() == Screen.DEAD_LETTERS);
    assertThat(stand.models().deadLetters().events().query().get()).hasToString("sub:billing");
  }

  @Test
  void newSubscription_isTypedAndSaved_byKeyboardAlone() {
    stand.service.on("PUT /subscriptions/vip", Reply.json(SubscriptionSample.billing()));
    user.press(KeyCode.N);
    user.sees("the form", () -> stand.sees("subscription-form"));
    user.type("vip").press(KeyCode.TAB).press(KeyCode.TAB).type("order.*");
    user.press(KeyCode.TAB).type("{}").press(KeyCode.CONTROL, KeyCode.ENTER);
    user.seesText("billing saved as version 17");

    Request put = stand.service.requests("PUT /subscriptions/vip").getFirst();
    assertThat(put.body())
        .isEqualTo("{\"types\":[\"order.*\"],\"filter\":{},\"destination\":{\"kind\":\"log\"}}");
    assertThat(stand.sees("subscription-page")).isTrue();
  }

  @Test
  void problem_isAtItsField_forReadersToo() {
    edit("billing");
    TextInputControl rate = stand.node("subscription-rate", TextInputControl.class);
    Fx.run(
        () -> {
          rate.setText("fast");
          stand.node("save-subscription", ButtonBase.class).fire();
        });

    assertThat(stand.settled().text()).contains("Enter a number", "Fix the marked fields");
    assertThat(Fx.get(rate::getAccessibleHelp)).isEqualTo("enter a number");
    assertThat(changes()).isEmpty();
  }

  @Test
  void typedText_isNotLostByEscape() {
    edit("billing");
    assertThat(focused()).isEqualTo("subscription-description");
    user.type("x").press(KeyCode.ESCAPE);
    user.sees("the question", () -> stand.sees("keep-editing"));
    user.press(KeyCode.ESCAPE);
    user.sees("no question", () -> !stand.sees("keep-editing"));
    assertThat(stand.sees("subscription-form")).isTrue();

    user.press(KeyCode.ESCAPE).click("drop-form");
    user.sees("no form", () -> !stand.sees("subscription-form"));
    assertThat(changes()).isEmpty();
  }

  @Test
  void form_survivesALookAtAnotherScreen() {
    edit("billing");
    user.type("x");
    stand.show(Screen.NODES).show(Screen.SUBSCRIPTIONS);

    assertThat(stand.sees("subscription-form")).isTrue();
    assertThat(stand.node("subscription-description", TextInputControl.class).getText())
        .contains("x");
  }

  @Test
  void newerVersion_isOffered_besideWhatWasTyped() {
    edit("billing");
    TextInputControl types = stand.node("subscription-types", TextInputControl.class);
    Fx.run(() -> types.setText("mine.*"));
    SubscriptionSample.othersChange(stand.service);
    user.press(KeyCode.CONTROL, KeyCode.ENTER);
    user.seesText("Someone else changed this subscription");
    assertThat(types.getText()).isEqualTo("mine.*");

    user.click("load-new-version");
    user.seesText("stock.*");
    assertThat(types.getText()).isEqualTo("mine.*");
    user.click("subscription-types-theirs");
    user.sees("their types", () -> types.getText().equals("stock.*"));
  }

  @Test
  void subscriptionOfAFile_isShownButNotChanged() {
    open("audit");
    assertThat(stand.text()).contains("declared by a file", "View form");
    assertThat(stand.sees("delete-subscription")).isFalse();

    user.press(KeyCode.E);
    user.seesText("A file declares this subscription");
    assertThat(stand.sees("save-subscription")).isFalse();
    assertThat(stand.node("subscription-types", TextInputControl.class).isEditable()).isFalse();
    assertThat(stand.node("subscription-destination", ChoiceBox.class).isDisabled()).isTrue();
  }

  @Test
  void operator_pausesButDoesNotEdit() {
    stand.service.on("GET /meta", Reply.json(Sample.meta("dev", "operator")));
    stand.seconds(6);
    open("billing");

    assertThat(stand.text()).contains("View form");
    assertThat(Fx.get(() -> stand.node("delete-subscription", ButtonBase.class).isDisabled()))
        .isTrue();
    assertThat(Fx.get(() -> stand.node("pause-subscription", ButtonBase.class).isDisabled()))
        .isFalse();
  }

  @Test
  void readOnlyProfile_hidesWhatChangesSomething() {
    var profile =
        new Profile("looks", stand.service.address(), true, Profile.Colour.NONE, List.of());
    stand.connect(profile);
    List<String> offered = new ArrayList<>();
    for (String id :
        List.of(
            "new-subscription",
            "pause-subscription",
            "delete-subscription",
            "backfill-subscription")) {
      offered.addAll(stand.sees(id) ? List.of(id) : List.of());
      open("billing");
    }

    assertThat(offered).isEmpty();
    assertThat(stand.text()).contains("View form");
  }

  @Test
  void deletion_asks_andAsksAgainAboutDeliveries() {
    stand.service.on("DELETE /subscriptions/billing", SubscriptionSample.hasDeliveries());
    open("billing");
    user.press(KeyCode.DELETE);
    user.seesText("Delete billing?");
    assertThat(changes()).isEmpty();

    user.press(KeyCode.CONTROL, KeyCode.ENTER);
    user.seesText("Unfinished deliveries: 1\u202f204");
    assertThat(focused()).isEqualTo("keep-subscription");
    stand.service.on(
        "DELETE /subscriptions/billing",
        Reply.json(SubscriptionSample.billing().replace("\"active\"", "\"finishing\"")));
    user.press(KeyCode.F);
    user.seesText("billing is being deleted: its deliveries are finished first");

    assertThat(changes())
        .containsExactly(
            "DELETE /subscriptions/billing", "DELETE /subscriptions/billing?deliveries=finish");
    assertThat(stand.sees("subscriptions-table")).isTrue();
  }

  @Test
  void refusal_isNotLostWithTheDialog() {
    stand.service.on("DELETE /subscriptions/billing", SubscriptionSample.hasDeliveries());
    open("billing");
    user.press(KeyCode.DELETE);
    user.sees("the question", () -> stand.sees("confirm-delete"));
    Fx.run(stand.lanes::hold);
    user.press(KeyCode.CONTROL, KeyCode.ENTER).press(KeyCode.ESCAPE);
    user.sees("no dialog", () -> !stand.sees("delete-dialog"));
    Fx.run(stand.lanes::release);

    user.seesText("billing was not deleted; unfinished deliveries: 1\u202f204");
  }

  @Test
  void missingSubscription_isSaid() {
    open("nobody");

    assertThat(stand.text()).contains("Subscription not found");
    assertThat(stand.sees("edit-subscription")).isFalse();
  }

  @Test
  void listThatCannotBeRead_saysWhy_andKeepsItsRows() {
    stand.service.on("GET /subscriptions", Reply.problem(503, "store_unavailable", "no storage"));
    stand.seconds(4);

    assertThat(stand.text()).contains("No storage.");
    assertThat(table().getItems()).hasSize(5);
  }
}

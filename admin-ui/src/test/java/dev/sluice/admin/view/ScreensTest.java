package dev.sluice.admin.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.model.Profile;
import dev.sluice.admin.testing.Reply;
import dev.sluice.admin.testing.Sample;
import dev.sluice.admin.view.control.Theme;
import dev.sluice.admin.viewmodel.Screen;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.Image;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What pictures cannot show: accessible names, keyboard navigation, and the effects of clicks.
@Tag("slow")
final class ScreensTest {

  private final Stand stand = Stand.lively().connect();

  @AfterEach
  void close() {
    stand.close();
  }

  private static boolean isControl(Node node) {
    return node instanceof ButtonBase
        || node instanceof TextInputControl
        || node instanceof ChoiceBox<?>
        || node instanceof TableView<?>
        || node instanceof ListView<?>;
  }

  @ParameterizedTest
  @EnumSource(Screen.class)
  void everyControl_hasANameForReaders_andAnId(Screen screen) {
    stand.show(screen);
    List<String> nameless = new ArrayList<>();
    Fx.run(
        () ->
            stand.view().lookupAll("*").stream()
                .filter(node -> isControl(node) && Stand.isSeen(node))
                .filter(node -> isOurs(node))
                .filter(node -> isEmpty(node.getAccessibleText()) || isEmpty(node.getId()))
                .forEach(node -> nameless.add(node.toString())));

    assertThat(nameless).isEmpty();
  }

  /// Excludes the internal parts of controls.
  private static boolean isOurs(Node node) {
    return node.getStyleClass().stream()
            .noneMatch(
                name ->
                    name.endsWith("arrow-button")
                        || name.equals("tab-down-button")
                        || name.equals("menu-item")
                        || name.equals("spinner-text-field"))
        && !(node instanceof TextInputControl field
            && field.getParent() instanceof javafx.scene.control.Spinner<?>);
  }

  private static boolean isEmpty(String text) {
    return text == null || text.isEmpty();
  }

  @Test
  void everyCommandWithAKey_isInTheListOfKeys_once() {
    Fx.run(stand.view()::openKeys);
    String text = stand.settled().text();

    assertThat(text).contains("Ctrl+K", "F5", "Space", "Shift+click, Ctrl+click");
  }

  @Test
  void dragOverAChart_showsTheEventsOfThatTime() {
    Node chart = Fx.get(() -> stand.view().lookup(".time-chart"));
    Fx.run(
        () -> {
          chart.fireEvent(mouse(MouseEvent.MOUSE_PRESSED, 100));
          chart.fireEvent(mouse(MouseEvent.MOUSE_DRAGGED, 200));
          chart.fireEvent(mouse(MouseEvent.MOUSE_RELEASED, 200));
        });

    assertThat(stand.settled().console.screen().get()).isEqualTo(Screen.EVENTS);
    assertThat(stand.models().events().query().get().toString())
        .matches("since:2026-03-14T09:2\\d:\\d\\dZ until:2026-03-14T09:2\\d:\\d\\dZ");
  }

  @Test
  void clickOnAChart_isNoDrag() {
    Node chart = Fx.get(() -> stand.view().lookup(".time-chart"));
    Fx.run(
        () -> {
          chart.fireEvent(mouse(MouseEvent.MOUSE_PRESSED, 100));
          chart.fireEvent(mouse(MouseEvent.MOUSE_RELEASED, 102));
        });

    assertThat(stand.settled().console.screen().get()).isEqualTo(Screen.OVERVIEW);
  }

  @Test
  void timePointedAt_isShownInBothCharts() {
    Node chart = Fx.get(() -> stand.view().lookup(".time-chart"));
    Fx.run(() -> chart.fireEvent(mouse(MouseEvent.MOUSE_MOVED, 150)));

    long pointers =
        Fx.get(
            () -> stand.view().lookupAll(".chart-pointer").stream().filter(Stand::isSeen).count());
    assertThat(pointers).isEqualTo(2);
  }

  static MouseEvent mouse(javafx.event.EventType<MouseEvent> type, double x) {
    return new MouseEvent(
        type,
        x,
        60,
        x,
        60,
        MouseButton.PRIMARY,
        1,
        false,
        false,
        false,
        false,
        true,
        false,
        false,
        false,
        false,
        false,
        null);
  }

  @Test
  void charts_areATableToo() {
    Fx.run(() -> stand.node("charts-as-table", ToggleButton.class).fire());

    TableView<?> table = stand.settled().node("series-table", TableView.class);
    assertThat(table.getItems()).hasSize(30);
  }

  @Test
  void keyOfAProfile_isNeverOnTheScreen() {
    Fx.run(
        () ->
            stand
                .console
                .settings()
                .save(
                    "staging",
                    stand.console.settings().preferences().get().profile("staging").orElseThrow(),
                    java.util.Optional.of("slc_a_verysecret")));
    stand.show(Screen.SETTINGS);
    Fx.run(() -> stand.node("edit-staging", ButtonBase.class).fire());
    stand.settled();

    String seen =
        Fx.get(
            () ->
                stand.view().lookupAll(".text").stream()
                    .map(node -> ((javafx.scene.text.Text) node).getText())
                    .reduce("", String::concat));
    assertThat(seen).doesNotContain("verysecret");
    assertThat(stand.node("profile-key", TextInputControl.class).getText())
        .isEqualTo("slc_a_verysecret");
  }

  @Test
  void changedProfileInUse_takesEffectAtOnce_whateverWasSavedBefore() {
    Fx.run(
        () ->
            stand
                .console
                .settings()
                .change(
                    before ->
                        before.withProfile(
                            "staging",
                            before
                                .profile("staging")
                                .orElseThrow()
                                .withViews(List.of(new Profile.SavedView("a", "key:a"))))));
    stand.show(Screen.SETTINGS);
    Fx.run(() -> stand.node("edit-staging", ButtonBase.class).fire());
    Fx.run(
        () -> {
          stand.node("profile-read-only", javafx.scene.control.CheckBox.class).setSelected(true);
          stand.node("save-profile", ButtonBase.class).fire();
        });

    assertThat(stand.settled().models().session().mayOperate()).isFalse();
  }

  @Test
  void keyboard_staysInADialog() {
    stand.show(Screen.EVENTS);
    Fx.run(stand.view()::openKeys);
    stand.settled();
    Fx.run(() -> stand.node("query", TextInputControl.class).requestFocus());
    stand.settled();

    assertThat(Fx.get(() -> stand.scene().getFocusOwner().getId())).isNotEqualTo("query");
  }

  @Test
  void otherProfile_letsTheViewsOfTheFirstGo() {
    stand.show(Screen.EVENTS).open("order-1000").show(Screen.DEAD_LETTERS).show(Screen.SETTINGS);
    var first = new WeakReference<>(Fx.get(() -> stand.view().models().orElseThrow()));
    Fx.run(() -> stand.console.use(Profile.of("other", stand.service.address())));
    stand.seconds(2);

    for (int round = 0; first.get() != null && round < 100; round++) {
      System.gc();
      stand.settled();
    }
    assertThat(first.get()).isNull();
  }

  @Test
  void serviceWithTheDemoHandlerAlone_isNamedAsSuch() {
    assertThat(stand.text()).doesNotContain("demo handler only");
    stand.service.on(
        "GET /meta",
        Reply.json(
            Sample.meta("dev", "admin")
                .replace("\"auth\":", "\"demo_handler_only\":true,\"auth\":")));

    Fx.run(() -> stand.console.use(Profile.of("other", stand.service.address())));

    assertThat(stand.settled().text()).contains("demo handler only, nothing is delivered");
  }

  @Test
  void window_hasASignInTwoSizes() {
    assertThat(Fx.get(Theme::icons))
        .noneMatch(Image::isError)
        .extracting(Image::getWidth)
        .containsExactly(32.0, 64.0);
  }

  @Test
  void largerLetters_makeHigherRows() {
    stand.show(Screen.EVENTS);
    double before = stand.node("events-table", TableView.class).getFixedCellSize();
    Fx.run(() -> stand.console.settings().change(settings -> settings.withFontSize(18)));

    assertThat(stand.settled().node("events-table", TableView.class).getFixedCellSize())
        .isGreaterThan(before);
    assertThat(Fx.get(() -> ((Label) stand.view().lookup(".title-4")).getFont().getSize()))
        .isGreaterThan(18);
  }
}

package dev.sluice.admin.view;

import dev.sluice.admin.api.DraftField;
import dev.sluice.admin.model.EventAction;
import dev.sluice.admin.model.EventQuery;
import dev.sluice.admin.model.Preferences.Theme;
import dev.sluice.admin.model.Profile;
import dev.sluice.admin.testing.FakeService;
import dev.sluice.admin.testing.Reply;
import dev.sluice.admin.testing.Sample;
import dev.sluice.admin.testing.ScheduledSample;
import dev.sluice.admin.testing.SubscriptionSample;
import dev.sluice.admin.viewmodel.Screen;
import dev.sluice.admin.viewmodel.SubscriptionForm;
import dev.sluice.admin.viewmodel.SubscriptionsModel;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Compares every screen and state with approved pictures, in two sizes, light and dark.
@Tag("slow")
final class GoldenTest {

  enum Size {
    LARGE(1_440, 900),
    SMALL(1_024, 700);

    private final int width;
    private final int height;

    Size(int width, int height) {
      this.width = width;
      this.height = height;
    }
  }

  /// A state and the steps to reach it.
  // The steps are stateless method references and lambdas, which their type does not express.
  @SuppressWarnings("ImmutableEnumChecker")
  enum State {
    OVERVIEW(stand -> stand.connect()),
    EVENTS(stand -> stand.connect().show(Screen.EVENTS)),
    DEAD_LETTERS(stand -> stand.connect().show(Screen.DEAD_LETTERS)),
    SUBSCRIPTIONS(GoldenTest::subscriptions),
    SUBSCRIPTION(stand -> subscription(stand, "billing")),
    SUBSCRIPTION_FORM(GoldenTest::form),
    NODES(stand -> stand.connect().show(Screen.NODES)),
    ACTIVITY(stand -> stand.connect().show(Screen.ACTIVITY)),
    SETTINGS(GoldenTest::settings),
    DETAIL(stand -> stand.connect().show(Screen.EVENTS).open("order-1003")),
    SUBSCRIPTION_PAUSED(stand -> subscription(stand, "shipping")),
    SUBSCRIPTION_MISSING(stand -> subscription(stand, "nobody")),
    SUBSCRIPTION_NO_MATCH(GoldenTest::noSubscriptionMatches),
    FORM_PROBLEMS(GoldenTest::formProblems),
    FORM_OUTDATED(GoldenTest::formOutdated),
    FORM_MERGED(GoldenTest::formMerged),
    FORM_READ_ONLY(GoldenTest::formReadOnly),
    FORM_MISMATCH(GoldenTest::formMismatch),
    FORM_NO_EVENT(GoldenTest::formNoEvent),
    FORM_OLDER_SERVICE(GoldenTest::formOlderService),
    SUBSCRIPTIONS_UNROUTED(GoldenTest::subscriptionsUnrouted),
    UNROUTED(GoldenTest::unrouted),
    DELETE_DELIVERIES(GoldenTest::deleteDeliveries),
    RESCHEDULE(GoldenTest::reschedule),
    BULK(GoldenTest::bulk),
    BACKFILL(SubscriptionSteps::backfill),
    BACKFILL_PROBLEM(SubscriptionSteps::backfillProblem),
    BACKFILL_PLAN(SubscriptionSteps::backfillPlan),
    BLOCKED_LANES(SubscriptionSteps::lanes),
    LANES(SubscriptionSteps::lanesScreen),
    SCHEDULES(ScheduleSteps::schedules),
    SCHEDULE_FORM(ScheduleSteps::form),
    RECEIVER(SubscriptionSteps::receiver),
    RECEIVER_CODES(SubscriptionSteps::statusCodes),
    WEBHOOK_FORM(SubscriptionSteps::webhookForm),
    WEBHOOK_SENT(SubscriptionSteps::webhookSent),
    ROTATE_SECRET(SubscriptionSteps::rotate),
    SECRET(SubscriptionSteps::secret),
    RESPONSES(SubscriptionSteps::responses),
    PALETTE(stand -> Fx.run(stand.connect().show(Screen.EVENTS).view()::openPalette)),
    FIRST_RUN(Stand::settled),
    CONNECTING(GoldenTest::connecting),
    EMPTY(GoldenTest::empty),
    NO_MATCH(GoldenTest::noMatch),
    STALE(GoldenTest::stale),
    OFFLINE(GoldenTest::offline),
    KEY_REFUSED(stand -> refused(stand, 401, "unauthorized", "this service requires a key")),
    FORBIDDEN(
        stand -> refused(stand, 403, "forbidden", "the key's role is producer; viewer is needed")),
    BUSY(stand -> refused(stand, 503, "overloaded", "too many requests are under way")),
    PART_FAILURE(GoldenTest::partFailure),
    MISMATCH(GoldenTest::mismatch),
    READ_ONLY(GoldenTest::readOnly),
    PRODUCTION(GoldenTest::production);

    private final Consumer<Stand> steps;

    State(Consumer<Stand> steps) {
      this.steps = steps;
    }

    /// Whether all sizes and themes are compared; for other states, two of the four combinations
    /// are.
    boolean isScreen() {
      return compareTo(DETAIL) <= 0;
    }
  }

  private static void reschedule(Stand stand) {
    String id = "order-995";
    ScheduledSample.fill(stand.service, id);
    stand.service.on(
        "PATCH /events/" + id, Reply.problem(400, "invalid_event", "/deliver_at must be a time"));
    stand.connect().show(Screen.EVENTS).open(id);
    Fx.run(() -> stand.node("event-reschedule", Button.class).fire());
    stand.settled();
    Fx.run(() -> stand.node("reschedule-when", TextField.class).setText("tomorrow"));
    Fx.run(() -> stand.node("confirm-reschedule", Button.class).fire());
    stand.settled();
  }

  private static Stand subscriptions(Stand stand) {
    SubscriptionSample.fillCounted(stand.service);
    stand.connect().show(Screen.SUBSCRIPTIONS);
    stand.service.on("GET /stats", Reply.json(SubscriptionSample.stats(10)));
    stand.seconds(10);
    Fx.run(() -> screen(stand).rows().select(Optional.of("billing")));
    return stand.settled();
  }

  private static SubscriptionsModel screen(Stand stand) {
    return stand.models().subscriptions();
  }

  static void subscription(Stand stand, String name) {
    subscriptions(stand);
    Fx.run(() -> screen(stand).open(name));
    stand.settled();
  }

  private static void noSubscriptionMatches(Stand stand) {
    subscriptions(stand);
    Fx.run(() -> screen(stand).rows().filter().set("invoices"));
  }

  private static void form(Stand stand) {
    subscription(stand, "billing");
    Fx.run(() -> screen(stand).openForm(Optional.of("billing")));
    stand.settled();
  }

  private static SubscriptionForm formOf(Stand stand) {
    return screen(stand).form().get().orElseThrow();
  }

  private static void type(Stand stand, DraftField field, String text) {
    Fx.run(() -> formOf(stand).field(field).text().set(text));
  }

  private static void formProblems(Stand stand) {
    subscriptions(stand);
    Fx.run(() -> screen(stand).openForm(Optional.empty()));
    type(stand, DraftField.NAME, "Orders");
    type(stand, DraftField.FILTER, "{\"payload\":");
    type(stand, DraftField.RATE, "fast");
    Fx.run(() -> formOf(stand).save());
  }

  private static void formOutdated(Stand stand) {
    form(stand);
    SubscriptionSample.othersChange(stand.service);
    type(stand, DraftField.TYPES, "order.*\nrefund.*");
    Fx.run(() -> formOf(stand).save());
    stand.settled();
  }

  private static void formMerged(Stand stand) {
    formOutdated(stand);
    Fx.run(() -> formOf(stand).loadNewVersion());
    stand.settled();
  }

  private static void formReadOnly(Stand stand) {
    subscription(stand, "audit");
    Fx.run(() -> screen(stand).openForm(Optional.of("audit")));
    stand.settled();
  }

  private static void formMismatch(Stand stand) {
    String why = "The value of payload.country does not meet [\\\"DE\\\", \\\"AT\\\"].";
    subscriptions(stand);
    stand.service.on(
        "POST /subscriptions/billing/test",
        Reply.json(SubscriptionSample.mismatch("/filter/payload/country", why)));
    Fx.run(() -> screen(stand).openForm(Optional.of("billing")));
    stand.settled();
  }

  private static void formNoEvent(Stand stand) {
    stand.service.on("GET /events", Reply.json("[]"));
    form(stand);
  }

  private static void formOlderService(Stand stand) {
    stand.service.on(
        "GET /meta", Reply.json(Sample.meta("dev", "admin").replace("subscription_test", "x")));
    form(stand);
  }

  private static void subscriptionsUnrouted(Stand stand) {
    subscriptions(stand);
    stand.service.on("GET /stats", Reply.json(unrouted(SubscriptionSample.stats(20))));
    stand.seconds(10);
  }

  private static void unrouted(Stand stand) {
    stand.service.on("GET /stats", Reply.json(unrouted(Sample.stats())));
    stand.connect();
  }

  private static String unrouted(String stats) {
    return stats.replace("\"unrouted\":0", "\"unrouted\":1204");
  }

  private static void deleteDeliveries(Stand stand) {
    subscription(stand, "billing");
    stand.service.on("DELETE /subscriptions/billing", SubscriptionSample.hasDeliveries());
    Fx.run(() -> stand.node("delete-subscription", Button.class).fire());
    Fx.run(() -> stand.node("confirm-delete", Button.class).fire());
    stand.settled();
  }

  private static void settings(Stand stand) {
    stand.connect(fixed(stand, Profile.Colour.AMBER, false)).show(Screen.SETTINGS);
  }

  /// The port in the address differs in each run: five digits are far below the allowed difference.
  private static Profile fixed(Stand stand, Profile.Colour colour, boolean readOnly) {
    return new Profile("staging", stand.service.address(), readOnly, colour, List.of());
  }

  private static void bulk(Stand stand) {
    stand.service.on("POST /bulk/plan", Reply.json(Sample.plan(1_204, 1_187)));
    stand.connect().show(Screen.DEAD_LETTERS);
    Fx.run(
        () ->
            stand
                .view()
                .models()
                .orElseThrow()
                .listScreen()
                .orElseThrow()
                .onAll(EventAction.REPLAY));
  }

  private static void connecting(Stand stand) {
    stand.lanes.hold();
    stand.connect();
  }

  private static void empty(Stand stand) {
    stand.service.on("GET /stats", Reply.json(Sample.emptyStats()));
    stand.service.on("GET /events", Reply.json("[]"));
    stand.connect().show(Screen.EVENTS);
  }

  private static void noMatch(Stand stand) {
    stand.service.on("GET /events", Reply.json("[]"));
    stand.connect();
    Fx.run(() -> stand.console.showEvents(EventQuery.parse("status:failed key:nobody age:<5m")));
  }

  private static void stale(Stand stand) {
    stand.connect();
    stand.service.everything(Reply.json("{").cutOff());
    stand.seconds(9);
  }

  private static void offline(Stand stand) {
    stand.service.everything(Reply.json("{\"a\":1}").cutOff());
    stand.connect();
  }

  private static void refused(Stand stand, int status, String code, String why) {
    Reply reply = Reply.problem(status, code, why);
    stand.service.everything(status == 503 ? reply.with("Retry-After", "17") : reply);
    stand.connect();
  }

  private static void partFailure(Stand stand) {
    stand.service.on(
        "GET /stats/series",
        Reply.problem(503, "store_unavailable", "the storage does not answer")
            .with("Retry-After", "5"));
    stand.connect();
  }

  private static void mismatch(Stand stand) {
    stand.service.on("GET /meta", Reply.json(Sample.meta("dev", "admin").replace("\"bulk\",", "")));
    stand.connect();
  }

  private static void readOnly(Stand stand) {
    stand.connect(fixed(stand, Profile.Colour.GREEN, true)).show(Screen.EVENTS).open("order-1003");
  }

  private static void production(Stand stand) {
    stand.service.on("GET /meta", Reply.json(Sample.meta("prod", "operator")));
    bulk(stand);
  }

  static Stream<Arguments> pictures() {
    return Stream.of(State.values())
        .flatMap(
            state ->
                state.isScreen()
                    ? all(state)
                    : Stream.of(
                        Arguments.of(state, Size.LARGE, Theme.LIGHT),
                        Arguments.of(state, Size.SMALL, Theme.DARK)));
  }

  private static Stream<Arguments> all(State state) {
    return Stream.of(Size.values())
        .flatMap(
            size ->
                Stream.of(
                    Arguments.of(state, size, Theme.LIGHT), Arguments.of(state, size, Theme.DARK)));
  }

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @MethodSource("pictures")
  void picture_isAsItWasLookedAt(State state, Size size, Theme theme) {
    try (var stand = new Stand(FakeService.lively(), size.width, size.height, theme)) {
      state.steps.accept(stand);
      stand.settled();

      String name = state + "-" + size + "-" + theme;
      Golden.check(stand, name.toLowerCase(Locale.ROOT).replace('_', '-'));
    }
  }
}

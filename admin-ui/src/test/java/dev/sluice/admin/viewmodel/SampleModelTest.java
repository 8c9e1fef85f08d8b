package dev.sluice.admin.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.api.DraftField;
import dev.sluice.admin.api.EventSummary;
import dev.sluice.admin.testing.FakeService;
import dev.sluice.admin.testing.Reply;
import dev.sluice.admin.testing.Request;
import dev.sluice.admin.testing.Sample;
import dev.sluice.admin.testing.SubscriptionSample;
import dev.sluice.admin.viewmodel.SampleModel.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The test of what is typed in the form of a subscription.
final class SampleModelTest {

  private static final String TEST = "POST /subscriptions/billing/test";

  private final Bench bench = new Bench(SubscriptionSample.fill(FakeService.lively())).connect();

  @AfterEach
  void close() {
    bench.close();
  }

  private SubscriptionsModel screen() {
    return bench.models().subscriptions();
  }

  private SubscriptionForm edit() {
    screen().openForm(Optional.of("billing"));
    return screen().form().get().orElseThrow();
  }

  private static void type(SubscriptionForm form, DraftField field, String text) {
    form.field(field).text().set(text);
  }

  private static State state(SubscriptionForm form) {
    return form.sample().state().get();
  }

  private static boolean matches(SubscriptionForm form) {
    return state(form) instanceof State.Tested(var result, boolean isOld)
        && result.matches()
        && !isOld;
  }

  private List<Request> tests() {
    return bench.service.requests(TEST);
  }

  @Test
  void form_isTestedAgainstTheFirstRecentEvent() {
    SubscriptionForm form = edit();

    assertThat(matches(form)).isTrue();
    String newest = form.sample().recent().get().getFirst().eventId();
    assertThat(form.sample().eventId().get()).isEqualTo(newest);
    assertThat(tests().getFirst().body())
        .startsWith("{\"event_id\":\"" + newest + "\",\"definition\":{\"description\":");
  }

  @Test
  void edited_isTestedAgainstAnEventThatItGot_beforeNewerOnes() {
    String own = "[" + Sample.event(3, true) + "]";
    bench.service.on(
        "GET /events",
        request ->
            request.path().contains("subscription=billing")
                ? Reply.json(own)
                : Sample.events(request, 30));
    SubscriptionForm form = edit();

    assertThat(form.sample().eventId().get()).isEqualTo("order-3");
    assertThat(form.sample().recent().get())
        .hasSize(20)
        .extracting(EventSummary::eventId)
        .startsWith("order-3", "order-30", "order-29");
  }

  @Test
  void typing_isTestedOnce_whenItPauses() {
    SubscriptionForm form = edit();
    type(form, DraftField.TYPES, "a");
    bench.timer().advance(SampleModel.PAUSE.dividedBy(2));
    type(form, DraftField.TYPES, "a.b");
    assertThat(state(form))
        .matches(old -> old instanceof State.Tested(var _, boolean isOld) && isOld);
    assertThat(tests()).hasSize(1);

    bench.timer().advance(SampleModel.PAUSE);

    assertThat(tests()).hasSize(2);
    assertThat(tests().getLast().body()).contains("\"types\":[\"a.b\"]");
    assertThat(matches(form)).isTrue();
  }

  @Test
  void mismatch_isSaidAtItsField_untilItIsOver() {
    bench.service.on(
        TEST, Reply.json(SubscriptionSample.mismatch("/filter/payload/amount", "It is 7.")));
    SubscriptionForm form = edit();
    assertThat(form.field(DraftField.FILTER).mismatch().get()).isEqualTo("It is 7.");
    assertThat(form.field(DraftField.FILTER).problem().get()).isEmpty();

    bench.service.on(TEST, Reply.json(SubscriptionSample.match()));
    type(form, DraftField.FILTER, "");
    bench.seconds(1);

    assertThat(form.field(DraftField.FILTER).mismatch().get()).isEmpty();
  }

  @Test
  void whatIsTypedDuringATest_isTestedAfterIt() {
    SubscriptionForm form = edit();
    bench.lanes.hold();
    type(form, DraftField.TYPES, "a");
    bench.seconds(1);
    type(form, DraftField.TYPES, "b");
    bench.seconds(1);
    assertThat(tests()).hasSize(1);

    bench.lanes.release();

    assertThat(tests()).hasSize(3);
    assertThat(tests().getLast().body()).contains("[\"b\"]");
  }

  @Test
  void definitionThatCannotBeSent_isNotTested() {
    SubscriptionForm form = edit();
    type(form, DraftField.FILTER, "{");
    bench.seconds(1);

    assertThat(state(form))
        .matches(now -> now instanceof State.Incomplete(String why) && why.startsWith("Filter: "));
    assertThat(tests()).hasSize(1);
  }

  @Test
  void newSubscription_isTestedBeforeItHasAName() {
    screen().openForm(Optional.empty());
    SubscriptionForm form = screen().form().get().orElseThrow();
    type(form, DraftField.TYPES, "*");
    bench.seconds(1);

    assertThat(matches(form)).isTrue();
    assertThat(bench.service.requests("POST /subscriptions/draft/test")).hasSize(1);
  }

  @Test
  void problemWithTheDefinition_isSaidAtItsField() {
    bench.service.on(TEST, invalid("/definition/filter/payload/n", "is no operator"));
    SubscriptionForm form = edit();

    assertThat(form.field(DraftField.FILTER).mismatch().get()).isEqualTo("is no operator");
    assertThat(state(form)).isInstanceOf(State.Failed.class);
  }

  private static Reply invalid(String pointer, String detail) {
    return new Reply(
        400,
        Map.of("Content-Type", "application/problem+json"),
        """
        {"title":"t","status":400,"detail":"Fix it.","code":"invalid_test",
         "errors":[{"pointer":"%s","detail":"%s"}]}\
        """
            .formatted(pointer, detail),
        false,
        false);
  }

  @Test
  void unknownEvent_isSaid_andAnotherCanBeTyped() {
    bench.service.on(TEST, Reply.problem(404, "not_found", "There is no event with the id x"));
    SubscriptionForm form = edit();
    assertThat(state(form)).isEqualTo(new State.Failed("There is no event with the id x"));

    bench.service.on(TEST, Reply.json(SubscriptionSample.match()));
    form.sample().eventId().set(" order-1 ");
    bench.seconds(1);

    assertThat(matches(form)).isTrue();
    assertThat(tests().getLast().body()).contains("\"order-1\"");
  }

  @Test
  void serviceWithoutEvents_asksForAnId() {
    bench.service.on("GET /events", Reply.json("[]"));

    assertThat(state(edit())).isEqualTo(new State.NoEvent());
    assertThat(tests()).isEmpty();
  }

  @Test
  void eventsThatCannotBeRead_leaveTheFieldForAnId() {
    bench.service.on("GET /events", Reply.problem(503, "overloaded", "too much"));
    SubscriptionForm form = edit();
    assertThat(state(form)).isEqualTo(new State.Failed("too much"));

    form.sample().eventId().set("order-1");
    bench.seconds(1);
    assertThat(matches(form)).isTrue();
  }

  @Test
  void olderService_isNotAsked() {
    bench.service.on(
        "GET /meta",
        Reply.json(Sample.meta("dev", "admin").replace("\"subscription_test\"", "\"x\"")));
    bench.seconds(6);

    assertThat(state(edit())).isEqualTo(new State.Unsupported());
    assertThat(tests()).isEmpty();
  }

  @Test
  void formThatWasLeft_isNotTested() {
    SubscriptionForm form = edit();
    type(form, DraftField.TYPES, "a");
    screen().closeForm();
    bench.seconds(1);

    assertThat(tests()).hasSize(1);
  }
}

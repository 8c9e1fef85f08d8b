package dev.sluice.admin.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.api.DraftField;
import dev.sluice.admin.api.SubscriptionDraft;
import dev.sluice.admin.model.Profile;
import dev.sluice.admin.testing.FakeService;
import dev.sluice.admin.testing.Reply;
import dev.sluice.admin.testing.Sample;
import dev.sluice.admin.testing.SubscriptionSample;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SubscriptionFormTest {

  private final Bench bench = new Bench(SubscriptionSample.fill(FakeService.lively())).connect();

  @AfterEach
  void close() {
    bench.close();
  }

  private SubscriptionsModel screen() {
    return bench.models().subscriptions();
  }

  private SubscriptionForm edit(String name) {
    screen().openForm(Optional.of(name));
    return screen().form().get().orElseThrow();
  }

  private SubscriptionForm create(String name) {
    screen().openForm(Optional.empty());
    SubscriptionForm form = screen().form().get().orElseThrow();
    type(form, DraftField.NAME, name);
    type(form, DraftField.TYPES, "order.*");
    return form;
  }

  private static void type(SubscriptionForm form, DraftField field, String text) {
    form.field(field).text().set(text);
  }

  private static String text(SubscriptionForm form, DraftField field) {
    return form.field(field).text().get();
  }

  private static String problem(SubscriptionForm form, DraftField field) {
    return form.field(field).problem().get();
  }

  private static Reply invalid(String errors) {
    return new Reply(
        400,
        Map.of("Content-Type", "application/problem+json"),
        """
        {"title":"t","status":400,"detail":"Fix the fields listed.","code":"invalid_subscription",
         "errors":[%s]}\
        """
            .formatted(errors),
        false,
        false);
  }

  @Test
  void newSubscription_isStored_andItsPageOpens() {
    bench.service.on("PUT /subscriptions/new", Reply.json(SubscriptionSample.billing()));

    create("new").save();

    assertThat(bench.service.requests("PUT /subscriptions/new")).hasSize(1);
    assertThat(screen().form().get()).isEmpty();
    assertThat(screen().open().get().orElseThrow().name()).isEqualTo("billing");
    assertThat(bench.console.notices().getLast().text()).isEqualTo("billing saved as version 17");
  }

  @Test
  void answerForAFormThatWasLeft_leavesTheScreenAsItIs() {
    bench.service.on("PUT /subscriptions/new", Reply.json(SubscriptionSample.billing()));
    SubscriptionForm form = create("new");
    bench.lanes.hold();
    form.save();
    screen().closeForm();
    SubscriptionForm other = create("other");
    bench.lanes.release();

    assertThat(screen().form().get()).contains(other);
    assertThat(screen().open().get()).isEmpty();
    assertThat(bench.console.notices().getLast().text()).startsWith("billing saved");
  }

  @Test
  void subscriptionThatIsBeingDeleted_canBeKept() {
    bench.service.on(
        "GET /subscriptions/billing",
        Reply.json(SubscriptionSample.billing().replace("\"active\"", "\"finishing\""))
            .with("ETag", "\"17\""));
    SubscriptionForm form = edit("billing");

    assertThat(form.whyReadOnly()).isEmpty();
    assertThat(form.note().get()).endsWith("saving restores it");
  }

  @Test
  void mistakes_areSaidAtTheirFields_andNothingIsSent() {
    SubscriptionForm form = create(" ");
    type(form, DraftField.FILTER, "{\"a\":");
    form.save();

    assertThat(problem(form, DraftField.NAME)).isEqualTo("enter a name");
    assertThat(problem(form, DraftField.FILTER)).startsWith("not valid JSON");
    assertThat(problem(form, DraftField.TYPES)).isEmpty();
    assertThat(form.message().get()).isEqualTo("fix the marked fields");
    assertThat(bench.service.requests("PUT /subscriptions/%20")).isEmpty();
  }

  @Test
  void nameThatIsTaken_isSaidAtTheName() {
    bench.service.on("PUT /subscriptions/mail", Reply.problem(412, "precondition_failed", "no"));
    SubscriptionForm form = create("mail");
    form.save();

    assertThat(problem(form, DraftField.NAME)).contains("exists");
    assertThat(form.stage().get()).isEqualTo(new SubscriptionForm.Stage.Editing());
  }

  @Test
  void problemsOfTheService_areSaidAtTheirFields() {
    bench.service.on(
        "PUT /subscriptions/billing",
        invalid(
            """
            {"pointer":"/filter/payload/n","detail":"is no operator"},
            {"pointer":"/retry/cap","detail":"must be at least base"},
            {"pointer":"/destination/kind","detail":"must be demo or log"},
            {"pointer":"/priority","detail":"is unknown"}\
            """));
    SubscriptionForm form = edit("billing");
    form.save();

    assertThat(problem(form, DraftField.FILTER)).isEqualTo("/payload/n is no operator");
    assertThat(problem(form, DraftField.CAP)).isEqualTo("must be at least base");
    assertThat(problem(form, DraftField.DESTINATION)).isEqualTo("must be demo or log");
    assertThat(form.message().get()).isEqualTo("/priority is unknown");
  }

  @Test
  void problemsThatWereFixed_areGone() {
    bench.service.on(
        "PUT /subscriptions/billing", invalid("{\"pointer\":\"/timeout\",\"detail\":\"is odd\"}"));
    SubscriptionForm form = edit("billing");
    form.save();
    assertThat(problem(form, DraftField.TIMEOUT)).isEqualTo("is odd");

    bench.service.on("PUT /subscriptions/billing", Reply.problem(503, "overloaded", "too much"));
    form.save();
    assertThat(problem(form, DraftField.TIMEOUT)).isEmpty();
    assertThat(form.message().get()).isEqualTo("too much");
  }

  @Test
  void newerVersion_isSaid_andWhatWasTypedStays() {
    SubscriptionForm form = edit("billing");
    type(form, DraftField.TYPES, "mine.*");
    SubscriptionSample.othersChange(bench.service);
    form.save();
    assertThat(form.stage().get()).isEqualTo(new SubscriptionForm.Stage.Outdated());

    form.loadNewVersion();

    assertThat(text(form, DraftField.TYPES)).isEqualTo("mine.*");
    assertThat(form.field(DraftField.TYPES).theirs().get()).contains("stock.*");
    assertThat(text(form, DraftField.TIMEOUT)).isEqualTo("30s");
    assertThat(form.field(DraftField.TIMEOUT).theirs().get()).isEmpty();
    assertThat(form.note().get())
        .isEqualTo(
            "version 18 by ann is loaded; you both changed the marked fields, and what you typed"
                + " is kept");
  }

  @Test
  void savedAfterTheNewerVersion_replacesThatOne() {
    SubscriptionForm form = edit("billing");
    type(form, DraftField.TYPES, "mine.*");
    SubscriptionSample.othersChange(bench.service);
    form.save();
    form.loadNewVersion();
    bench.service.on("PUT /subscriptions/billing", Reply.json(SubscriptionSample.billing()));
    form.save();

    assertThat(bench.service.requests("PUT /subscriptions/billing").getLast())
        .satisfies(request -> assertThat(request.header("if-match")).contains("\"18\""))
        .satisfies(request -> assertThat(request.body()).contains("mine.*", "\"30s\""));
  }

  @Test
  void theirText_canReplaceMine() {
    FormField field = new FormField("mine");
    field.merge("old", "theirs");
    field.useTheirs();

    assertThat(field.text().get()).isEqualTo("theirs");
    assertThat(field.theirs().get()).isEmpty();
  }

  @Test
  void newerVersionThatIsWhatWasTyped_leavesNothingToSave() {
    SubscriptionForm form = edit("billing");
    type(form, DraftField.TYPES, "stock.*");
    type(form, DraftField.TIMEOUT, "30s");
    SubscriptionSample.othersChange(bench.service);
    form.save();
    form.loadNewVersion();

    assertThat(form.isChanged()).isFalse();
    assertThat(form.note().get()).endsWith("there is nothing left to save");
  }

  @Test
  void lostAnswer_leavesOpenWhetherItWasSaved() {
    bench.service.on("PUT /subscriptions/billing", Reply.json("{\"a\":1}").cutOff());
    SubscriptionForm form = edit("billing");
    form.save();

    assertThat(form.message().get()).contains("unknown whether it was saved");
    assertThat(form.stage().get()).isEqualTo(new SubscriptionForm.Stage.Editing());
  }

  @Test
  void subscriptionThatCannotBeRead_canBeTriedAgain() {
    bench.service.on("GET /subscriptions/billing", Reply.problem(503, "overloaded", "too much"));
    SubscriptionForm form = edit("billing");
    assertThat(form.stage().get()).isInstanceOf(SubscriptionForm.Stage.Failed.class);

    SubscriptionSample.fill(bench.service);
    form.loadAgain();
    assertThat(text(form, DraftField.MAX_AGE)).isEqualTo("3d");
  }

  @ParameterizedTest
  @CsvSource({"audit, a file declares", "default, built in", "billing, ''"})
  void whoManagesIt_decidesWhetherItCanBeSaved(String name, String why) {
    SubscriptionForm form = edit(name);

    assertThat(form.whyReadOnly().isPresent()).isEqualTo(!why.isEmpty());
    assertThat(form.whyReadOnly().orElse("")).contains(why);
  }

  @ParameterizedTest
  @CsvSource({"operator", "viewer"})
  void roleBelowAdmin_looksOnly(String role) {
    bench.service.on("GET /meta", Reply.json(Sample.meta("dev", role)));
    bench.connect(Profile.Colour.NONE, false, "k");
    SubscriptionForm form = edit("billing");
    form.save();

    assertThat(form.whyReadOnly().orElseThrow()).contains("requires admin");
    assertThat(bench.service.requests("PUT /subscriptions/billing")).isEmpty();
  }

  @Test
  void filter_isShownForPeople_andUnchangedTextIsNoChange() {
    SubscriptionForm form = edit("billing");

    assertThat(text(form, DraftField.FILTER)).contains("\n", "12.50");
    assertThat(form.isChanged()).isFalse();
    assertThat(SubscriptionDraft.of(form.version().orElseThrow()).text(DraftField.FILTER))
        .isEqualTo(text(form, DraftField.FILTER));
  }
}

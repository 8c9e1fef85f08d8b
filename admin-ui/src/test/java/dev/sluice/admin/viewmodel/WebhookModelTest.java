package dev.sluice.admin.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.api.DraftField;
import dev.sluice.admin.api.Receiver;
import dev.sluice.admin.api.SubscriptionAttempt;
import dev.sluice.admin.model.MadeSecret;
import dev.sluice.admin.model.Profile;
import dev.sluice.admin.model.StatusClass;
import dev.sluice.admin.model.WebhookTexts;
import dev.sluice.admin.testing.FakeService;
import dev.sluice.admin.testing.Reply;
import dev.sluice.admin.testing.Request;
import dev.sluice.admin.testing.WebhookSample;
import dev.sluice.admin.viewmodel.SecretRotation.Grace;
import dev.sluice.admin.viewmodel.SecretRotation.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WebhookModelTest {

  private static final String ATTEMPTS = "GET /subscriptions/partner/attempts";

  private final Bench bench = new Bench(WebhookSample.fill(FakeService.lively())).connect();

  @BeforeEach
  void show() {
    bench.console.show(Screen.SUBSCRIPTIONS);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private SubscriptionsModel screen() {
    return bench.models().subscriptions();
  }

  private SubscriptionModel open(String name) {
    screen().open(name);
    return screen().open().get().orElseThrow();
  }

  private SubscriptionForm edit() {
    screen().openForm(Optional.of("partner"));
    return screen().form().get().orElseThrow();
  }

  private static List<SubscriptionAttempt> shown(ReceiverModel model) {
    return model.attempts().get().last().orElseThrow();
  }

  private Optional<String> secret() {
    return screen().secret().get().map(MadeSecret::secret);
  }

  @Test
  void receiver_isShownWithItsAttempts() {
    ReceiverModel model = open("partner").receiver();

    assertThat(model.receiver().get().map(Receiver::state)).contains("broken");
    assertThat(shown(model)).hasSize(5);
  }

  @Test
  void otherSubscriptions_haveNoAttempts() {
    bench.service.on("GET /subscriptions/billing/attempts", Reply.json("[]"));
    ReceiverModel model = open("billing").receiver();
    bench.seconds(30);

    assertThat(model.receiver().get()).isEmpty();
    assertThat(bench.service.requests("GET /subscriptions/billing/attempts")).isEmpty();
  }

  @Test
  void filter_isTheServices_andItsAttemptsReplaceTheOthers() {
    ReceiverModel model = open("partner").receiver();
    model.select(Optional.of(shown(model).getFirst()));
    model.filter().set(StatusClass.CLIENT_ERROR);

    assertThat(shown(model)).extracting(SubscriptionAttempt::number).containsExactly(3);
    assertThat(model.selected().get()).isEmpty();
    bench.service.forget();
    bench.seconds(6);
    assertThat(bench.service.requests(ATTEMPTS))
        .extracting(Request::path)
        .containsOnly("/subscriptions/partner/attempts?status=4xx&limit=50");
  }

  @Test
  void selectedAttempt_followsItsProgress_andStaysWhenNewerOnesPushItOut() {
    ReceiverModel model = open("partner").receiver();
    SubscriptionAttempt running = shown(model).getFirst();
    model.select(Optional.of(running));
    bench.service.on(
        ATTEMPTS,
        Reply.json(
            """
            [{"event_id":"order-1009","number":1,"started_at":"2026-03-14T09:29:59.120Z",
              "outcome":"succeeded","duration_ms":7}]\
            """));
    bench.seconds(6);
    assertThat(model.selected().get().map(SubscriptionAttempt::outcome)).contains("succeeded");

    bench.service.on(ATTEMPTS, Reply.json("[]"));
    bench.seconds(6);
    assertThat(model.selected().get().map(SubscriptionAttempt::eventId)).contains("order-1009");
  }

  @Test
  void attemptsThatCannotBeRead_stay_withTheReason() {
    ReceiverModel model = open("partner").receiver();
    bench.service.on(ATTEMPTS, Reply.problem(500, "internal", "no attempts today"));
    bench.seconds(6);

    assertThat(shown(model)).hasSize(5);
    assertThat(model.attempts().get().failure().get().orElseThrow().fault().sentence())
        .isEqualTo("no attempts today");
  }

  @Test
  void closedPage_asksForNothing() {
    open("partner");
    screen().closePage();
    bench.service.forget();
    bench.seconds(30);

    assertThat(bench.service.requests(ATTEMPTS)).isEmpty();
  }

  @Test
  void rotatedSecret_isShownOnce() {
    SecretRotation rotation = open("partner").rotation();
    rotation.rotate(Grace.WEEK);

    assertThat(rotation.stage().get()).isEqualTo(new Stage.Over());
    assertThat(bench.service.requests("POST /subscriptions/partner/secret").getLast().body())
        .isEqualTo("{\"grace\":\"7d\"}");
    assertThat(secret()).contains(WebhookSample.SECRET);
    assertThat(screen().secret().get().flatMap(MadeSecret::previousUntil))
        .contains(Instant.parse("2026-03-15T09:30:00Z"));
    assertThat(bench.console.notices()).noneMatch(notice -> notice.text().contains("whsec"));

    screen().forgetSecret();
    assertThat(secret()).isEmpty();
  }

  @Test
  void rotation_isSentOnce() {
    SecretRotation rotation = open("partner").rotation();
    bench.lanes.hold();
    rotation.rotate(Grace.DAY);
    rotation.rotate(Grace.DAY);
    bench.lanes.release();

    assertThat(bench.service.requests("POST /subscriptions/partner/secret")).hasSize(1);
  }

  @Test
  void rotationThatFails_saysWhy_andMayHaveHappened() {
    bench.service.on("POST /subscriptions/partner/secret", Reply.problem(409, "conflict", "busy"));
    SecretRotation rotation = open("partner").rotation();
    rotation.rotate(Grace.NONE);
    assertThat(rotation.stage().get()).isEqualTo(new Stage.Failed("busy"));

    bench.service.on("POST /subscriptions/partner/secret", Reply.json("{\"a\":1}").cutOff());
    rotation.rotate(Grace.NONE);
    assertThat(rotation.stage().get())
        .extracting(Object::toString)
        .asString()
        .contains("the secret may have been replaced");
    assertThat(secret()).isEmpty();
  }

  @Test
  void secretThatTheServiceMade_isShownAfterTheForm_alsoOfAFormThatWasLeft() {
    bench.service.on("PUT /subscriptions/partner", Reply.json(WebhookSample.withSecret()));
    SubscriptionForm form = edit();
    bench.lanes.hold();
    form.save();
    screen().closeForm();
    bench.lanes.release();

    assertThat(secret()).contains(WebhookSample.SECRET);
  }

  @Test
  void changeWithoutNewSecret_showsNone() {
    bench.service.on(
        "PUT /subscriptions/partner", Reply.json(WebhookSample.partner(WebhookSample.broken())));
    edit().save();

    assertThat(secret()).isEmpty();
    assertThat(screen().form().get()).isEmpty();
  }

  @Test
  void problemsOfTheService_areAtTheFieldsOfTheWebhook() {
    bench.service.on(
        "PUT /subscriptions/partner",
        new Reply(
            400,
            Map.of("Content-Type", "application/problem+json"),
            """
            {"title":"t","status":400,"detail":"Fix.","code":"invalid_subscription","errors":[
             {"pointer":"/destination/url","detail":"must begin with https://"},
             {"pointer":"/destination/headers/X-Team","detail":"is reserved"},
             {"pointer":"/destination/credentials/password","detail":"is required"},
             {"pointer":"/destination/credentials/token","detail":"is not a member of basic"},
             {"pointer":"/retry/waits/1","detail":"must be a duration"}]}\
            """,
            false,
            false));
    SubscriptionForm form = edit();
    form.save();

    assertThat(form.field(DraftField.URL).problem().get()).isEqualTo("must begin with https://");
    assertThat(form.field(DraftField.HEADERS).problem().get()).isEqualTo("/X-Team is reserved");
    assertThat(form.field(DraftField.PASSWORD).problem().get()).isEqualTo("is required");
    assertThat(form.field(DraftField.WAITS).problem().get()).isEqualTo("/1 must be a duration");
    assertThat(form.message().get())
        .isEqualTo("/destination/credentials/token is not a member of basic");
  }

  @Test
  void form_usesTheFieldsOfWhatIsChosen() {
    SubscriptionForm form = edit();
    assertThat(form.isChanged()).isFalse();
    assertThat(form.uses(DraftField.PASSWORD)).isTrue();
    assertThat(form.uses(DraftField.TOKEN)).isFalse();

    form.field(DraftField.DESTINATION).text().set("log");
    assertThat(form.uses(DraftField.PASSWORD)).isFalse();
    assertThat(form.isChanged()).isTrue();
  }

  @Test
  void sample_isSentOnRequest_andItsResultIsGoneWithTheNextChange() {
    SampleModel sample = edit().sample();
    assertThat(sample.canSend()).isTrue();
    sample.send();

    assertThat(bench.service.requests("POST /subscriptions/partner/test").getLast().body())
        .contains("\"send\":true", "\"event_id\":\"order-1000\"");
    assertThat(sample.sending().get())
        .isInstanceOfSatisfying(
            SampleModel.Sending.Made.class,
            made -> assertThat(WebhookTexts.sent(made.result())).startsWith("Sent: failed"));

    sample.eventId().set("order-1001");
    assertThat(sample.sending().get()).isEqualTo(new SampleModel.Sending.Nothing());
    assertThat(sample.canSend()).isFalse();
  }

  @Test
  void sample_isNotSentToOtherDestinations() {
    screen().openForm(Optional.of("billing"));
    SampleModel sample = screen().form().get().orElseThrow().sample();
    sample.send();

    assertThat(sample.canSend()).isFalse();
    assertThat(bench.service.requests("POST /subscriptions/billing/test")).hasSize(1);
  }

  @Test
  void sampleThatCannotBeSent_saysWhy() {
    SampleModel sample = edit().sample();
    bench.service.on(
        "POST /subscriptions/partner/test", Reply.problem(409, "no_handler", "not on this node"));
    sample.send();

    assertThat(sample.sending().get())
        .isEqualTo(new SampleModel.Sending.Failed("not on this node"));
    assertThat(sample.canSend()).isTrue();
  }

  @Test
  void roleBelowAdmin_seesTheReceiver() {
    bench.connect(Profile.Colour.NONE, true, "k");
    bench.console.show(Screen.SUBSCRIPTIONS);

    assertThat(shown(open("partner").receiver())).hasSize(5);
  }
}

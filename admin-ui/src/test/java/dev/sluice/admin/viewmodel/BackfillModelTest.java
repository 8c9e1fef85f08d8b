package dev.sluice.admin.viewmodel;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.model.Profile;
import dev.sluice.admin.testing.Reply;
import dev.sluice.admin.testing.Request;
import dev.sluice.admin.testing.Sample;
import dev.sluice.admin.testing.SubscriptionSample;
import dev.sluice.admin.viewmodel.BulkModel.Stage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackfillModelTest {

  private static final String PATH = "POST /subscriptions/billing/backfill";

  private final Bench bench = Bench.connected();

  @AfterEach
  void close() {
    bench.close();
  }

  private BackfillModel model() {
    bench.service.on(PATH, Reply.json(SubscriptionSample.backfillPlan(1_300, 1_203)));
    return new BackfillModel(bench.session(), "billing", bench.console::post);
  }

  private List<String> plans() {
    return bench.service.requests(PATH).stream().map(Request::body).toList();
  }

  @Test
  void emptyTimes_meanAllStoredEvents() {
    BulkModel bulk = model().plan().orElseThrow();

    assertThat(plans()).containsExactly("{}");
    assertThat(bulk.stage().get()).isInstanceOf(Stage.Planned.class);
    assertThat(bulk.task().scope()).isEqualTo("billing with all stored events");
    assertThat(bench.service.requests("POST /bulk")).isEmpty();
  }

  @Test
  void times_areSentInUtc_andNamed() {
    BackfillModel model = model();
    model.since().text().set(" 2026-03-14T00:00:00+01:00 ");
    model.until().text().set("2026-03-14T09:00:00Z");
    BulkModel bulk = model.plan().orElseThrow();

    assertThat(plans())
        .containsExactly("{\"since\":\"2026-03-13T23:00:00Z\",\"until\":\"2026-03-14T09:00:00Z\"}");
    assertThat(bulk.task().scope())
        .isEqualTo("billing with events since 2026-03-13T23:00:00Z until 2026-03-14T09:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "yesterday, '', enter the first time",
    "'', 2026-03-14, enter the last time",
    "2026-03-14T09:00:00Z, 2026-03-14T08:59:59Z, not before the first",
  })
  void wrongTimes_areSaid_andNothingIsPlanned(String since, String until, String said) {
    BackfillModel model = model();
    model.since().text().set(since);
    model.until().text().set(until);

    assertThat(model.plan()).isEmpty();
    assertThat(problems(model)).contains(said);
    assertThat(plans()).isEmpty();

    model.since().text().set("");
    model.until().text().set("");
    assertThat(model.plan()).isPresent();
    assertThat(problems(model)).isEmpty();
  }

  private static String problems(BackfillModel model) {
    return Stream.of(model.since(), model.until(), model.filter())
        .map(field -> field.problem().get())
        .collect(joining());
  }

  @Test
  void filter_isSentAsItIs_andNamed() {
    BackfillModel model = model();
    model.filter().text().set(" {\"payload\": {\"amount\": [{\"numeric\": [\">\", 12.50]}]}}\n");
    BulkModel bulk = model.plan().orElseThrow();

    assertThat(plans())
        .containsExactly(
            "{\"filter\":{\"payload\": {\"amount\": [{\"numeric\": [\">\", 12.50]}]}}}");
    assertThat(bulk.task().scope())
        .isEqualTo("billing with all stored events that match the filter");
  }

  @ParameterizedTest
  @CsvSource({"'{', not valid JSON", "'[1]', enter a JSON object"})
  void wrongFilter_isSaidAtItsField_andNothingIsPlanned(String filter, String said) {
    BackfillModel model = model();
    model.filter().text().set(filter);

    assertThat(model.plan()).isEmpty();
    assertThat(model.filter().problem().get()).contains(said);
    assertThat(plans()).isEmpty();
  }

  @Test
  void refusedFilter_isSaidAtItsField_untilItIsPlannedAgain() {
    BackfillModel model = model();
    bench.service.on(PATH, SubscriptionSample.refusedFilter());
    var failed = (Stage.Failed) model.plan().orElseThrow().stage().get();

    assertThat(model.reject(failed.fault())).isTrue();
    assertThat(problems(model)).isEqualTo("/payload/a must be a list; must not be empty");

    bench.service.on(PATH, Reply.json(SubscriptionSample.backfillPlan(3, 0)));
    assertThat(model.plan()).isPresent();
    assertThat(problems(model)).isEmpty();
  }

  @Test
  void plan_saysHowManyLackADelivery_andIsStarted() {
    bench.service.on(
        "POST /bulk", Reply.json(Sample.job("finished", 1_203, 1_200, 3, 0)).withStatus(202));
    BulkModel bulk = model().plan().orElseThrow();
    var planned = (Stage.Planned) bulk.stage().get();
    assertThat(bulk.task().counts(planned.plan()))
        .isEqualTo("1\u202f300 match, 1\u202f203 lack a delivery and get one, 97 have one.");
    bulk.start();

    assertThat(bench.service.requests("POST /bulk").getFirst().body())
        .isEqualTo("{\"token\":\"plan_5ba1\"}");
    assertThat(bulk.stage().get()).isInstanceOf(Stage.Over.class);
  }

  @Test
  void planOfNothing_saysWhyItCannotBeStarted() {
    BackfillModel model = model();
    bench.service.on(PATH, Reply.json(SubscriptionSample.backfillPlan(3, 0)));

    assertThat(model.plan().orElseThrow().objection())
        .contains("none of these events lacks a delivery in billing");
  }

  @Test
  void refusedPlan_isSaid() {
    BackfillModel model = model();
    bench.service.on(PATH, Reply.problem(409, "state_conflict", "it is being deleted"));

    var failed = (Stage.Failed) model.plan().orElseThrow().stage().get();
    assertThat(model.reject(failed.fault())).isFalse();
  }

  @Test
  void olderService_isNotAsked() {
    bench.service.on(
        "GET /meta", Reply.json(Sample.meta("dev", "admin").replace("\"backfill\",", "")));
    bench.connect();
    BackfillModel model = model();

    assertThat(model.plan()).isEmpty();
    assertThat(model.mistake().get()).isEqualTo("this service is older and cannot back-fill");
    assertThat(plans()).isEmpty();
  }

  @Test
  void viewersKey_getsNoPlan() {
    bench.service.on("GET /meta", Reply.json(Sample.meta("dev", "viewer")));
    bench.connect(Profile.Colour.NONE, false, "k");
    BackfillModel model = model();

    assertThat(model.plan()).isEmpty();
    assertThat(model.mistake().get()).contains("requires operator");
  }
}

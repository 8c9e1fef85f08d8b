package dev.sluice.admin.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.api.Filter;
import dev.sluice.admin.api.Status;
import dev.sluice.admin.model.EventAction;
import dev.sluice.admin.model.Profile;
import dev.sluice.admin.testing.FakeService;
import dev.sluice.admin.testing.Reply;
import dev.sluice.admin.testing.Request;
import dev.sluice.admin.testing.Sample;
import dev.sluice.admin.viewmodel.BulkModel.Stage;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BulkModelTest {

  private static final Filter FAILED = Filter.ALL.withStatuses(List.of(Status.FAILED));

  private final Bench bench = Bench.connected();

  private BulkModel planned() {
    bench.service.on("POST /bulk/plan", Reply.json(Sample.plan(1_204, 1_187)));
    bench.service.on(
        "POST /bulk", Reply.json(Sample.job("running", 1_187, 0, 0, 1_187)).withStatus(202));
    bench.service.on("GET /bulk/bulk_7d0c", Reply.json(Sample.job("running", 1_187, 500, 3, 684)));
    return bench.console.bulk(EventAction.REPLAY, FAILED, "all dead letters").orElseThrow();
  }

  private FakeService service() {
    return bench.service;
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void plan_isMadeForTheFilterOfTheList() {
    BulkModel bulk = planned();

    assertThat(bulk.stage().get()).isInstanceOf(Stage.Planned.class);
    assertThat(service().requests("POST /bulk/plan"))
        .extracting(Request::body)
        .containsExactly("{\"action\":\"replay\",\"filter\":{\"status\":[\"failed\"]}}");
    assertThat(service().requests("POST /bulk")).isEmpty();
  }

  @Test
  void start_isSeenUntilItsEnd() {
    BulkModel bulk = planned();
    bulk.start();
    bench.seconds(2);
    assertThat(bulk.stage().get())
        .isInstanceOfSatisfying(
            Stage.Running.class, running -> assertThat(running.job().done()).isEqualTo(500));

    service().on("GET /bulk/bulk_7d0c", Reply.json(Sample.job("finished", 1_187, 1_171, 16, 0)));
    bench.seconds(2);
    assertThat(bulk.stage().get())
        .isInstanceOfSatisfying(
            Stage.Over.class, over -> assertThat(over.job().skipped()).isEqualTo(16));
    service().forget();
    bench.seconds(4);
    assertThat(service().requests("GET /bulk/bulk_7d0c")).isEmpty();
  }

  @Test
  void stop_isSentOnce() {
    BulkModel bulk = planned();
    service().on("DELETE /bulk/bulk_7d0c", Reply.json(Sample.job("stopped", 1_187, 512, 3, 672)));
    bulk.start();
    bulk.stop();
    bulk.stop();

    assertThat(service().requests("DELETE /bulk/bulk_7d0c")).hasSize(1);
    assertThat(bulk.stage().get()).isInstanceOf(Stage.Over.class);
  }

  @Test
  void production_wantsTheNumberTyped() {
    bench.connect(Profile.Colour.RED, false, "k");
    BulkModel bulk = planned();
    bulk.start();
    assertThat(bulk.objection()).contains("type 1187 to confirm");
    assertThat(service().requests("POST /bulk")).isEmpty();

    bulk.typed().set(" 1187 ");
    bulk.start();
    assertThat(service().requests("POST /bulk")).hasSize(1);
  }

  @Test
  void rate_mustBeANumber() {
    BulkModel bulk = planned();
    bulk.rate().set("fast");
    assertThat(bulk.objection()).isPresent();

    bulk.rate().set("50");
    bulk.start();
    assertThat(service().requests("POST /bulk").getFirst().body())
        .contains("\"rate_per_second\":50.0");
  }

  @Test
  void lostAnswerOfAStart_isSaidToBeUnknown_andTheSamePlanIsTriedAgain() {
    BulkModel bulk = planned();
    service().on("POST /bulk", Reply.json(Sample.job("running", 2, 0, 0, 2)).cutOff());
    bulk.start();
    assertThat(bulk.stage().get()).isInstanceOf(Stage.Unknown.class);

    service().on("POST /bulk", Reply.problem(409, "plan_used", "it was started before"));
    bulk.startAgain();
    assertThat(service().requests("POST /bulk"))
        .extracting(Request::body)
        .containsOnly("{\"token\":\"plan_0c1f\"}");
    assertThat(service().requests("POST /bulk/plan")).hasSize(1);
  }

  @Test
  void stopThatWasRefused_canBeTriedAgain() {
    BulkModel bulk = planned();
    service().on("DELETE /bulk/bulk_7d0c", Reply.problem(503, "overloaded", "too much"));
    bulk.start();
    bulk.stop();

    assertThat(bulk.stage().get())
        .isInstanceOfSatisfying(
            Stage.Running.class, running -> assertThat(running.stopping()).isFalse());
    assertThat(bench.console.notices()).extracting(Notice::text).contains("not stopped: too much");
  }

  @Test
  void progress_isSeenWhileTheScreenIsPaused() {
    bench.console.live().set(false);
    BulkModel bulk = planned();
    bulk.start();
    service().on("GET /bulk/bulk_7d0c", Reply.json(Sample.job("finished", 1_187, 1_187, 0, 0)));
    bench.seconds(10);

    assertThat(bulk.stage().get()).isInstanceOf(Stage.Over.class);
  }

  @Test
  void dialogClosedBeforeTheStartWasAnswered_leavesNobodyAsking() {
    BulkModel bulk = planned();
    bench.lanes.hold();
    bulk.start();
    bulk.close();
    bench.lanes.release();
    service().forget();
    bench.seconds(10);

    assertThat(service().requests("GET /bulk/bulk_7d0c")).isEmpty();
  }

  @Test
  void planOfNothing_cannotBeStarted() {
    service().on("POST /bulk/plan", Reply.json(Sample.plan(3, 0)));
    BulkModel bulk = bench.console.bulk(EventAction.REPLAY, FAILED, "x").orElseThrow();

    assertThat(bulk.objection()).isPresent();
  }

  @Test
  void planThatWasUsed_isMadeAnew() {
    BulkModel bulk = planned();
    service().on("POST /bulk", Reply.problem(409, "plan_used", "it was started before"));
    bulk.start();
    assertThat(bulk.stage().get()).isInstanceOf(Stage.Failed.class);

    bulk.plan();
    assertThat(bulk.stage().get()).isInstanceOf(Stage.Planned.class);
  }

  @Test
  void secondClick_startsNothing() {
    BulkModel bulk = planned();
    bench.lanes.hold();
    bulk.start();
    bulk.start();
    bench.lanes.release();

    assertThat(service().requests("POST /bulk")).hasSize(1);
  }

  @Test
  void closedDialog_asksNothingMore() {
    BulkModel bulk = planned();
    bulk.start();
    bulk.close();
    service().forget();
    bench.seconds(4);

    assertThat(service().requests("GET /bulk/bulk_7d0c")).isEmpty();
  }

  @Test
  void viewersKey_getsNoPlan() {
    service().on("GET /meta", Reply.json(Sample.meta("dev", "viewer")));
    bench.connect(Profile.Colour.NONE, false, "k");

    assertThat(bench.console.bulk(EventAction.REPLAY, FAILED, "x")).isEmpty();
  }
}

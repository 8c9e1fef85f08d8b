package dev.sluice.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.testing.FakeService;
import dev.sluice.admin.testing.Reply;
import dev.sluice.admin.testing.Request;
import dev.sluice.admin.testing.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How the client plans, starts and lists bulk jobs.
final class BulkRequestsTest {

  private final FakeService service = FakeService.lively();
  private final SluiceClient client =
      new SluiceClient(
          Target.of(service.address(), Optional.empty()),
          new Exchange.Limits(Duration.ofMillis(500), Duration.ofMillis(700)));

  @AfterEach
  void stop() {
    client.close();
    service.close();
  }

  @Test
  void planOfAFilter_andOfEverything_areNotMixedUp() {
    service.on("POST /bulk/plan", Reply.json(Sample.plan(3, 2)));

    client.plan(
        "replay", Filter.ALL.withStatuses(List.of(Status.FAILED)).withError("9f86d081884c7d65"));
    client.plan("cancel", Filter.ALL);

    assertThat(service.requests())
        .extracting(Request::body)
        .containsExactly(
            "{\"action\":\"replay\",\"filter\":{\"status\":[\"failed\"],\"error\":[\"9f86d081884c7d65\"]}}",
            "{\"action\":\"cancel\",\"all\":true}");
  }

  @Test
  void start_namesThePlanAndTheRate() {
    service.on("POST /bulk", Reply.json(Sample.job("running", 2, 0, 0, 2)).withStatus(202));
    service.on("POST /bulk/plan", Reply.json(Sample.plan(3, 2)));
    BulkPlan plan = client.plan("replay", Filter.ALL);

    client.start(plan, OptionalDouble.of(50));
    client.start(plan, OptionalDouble.empty());

    assertThat(service.requests("POST /bulk"))
        .extracting(Request::body)
        .containsExactly(
            "{\"token\":\"plan_0c1f\",\"rate_per_second\":50.0}", "{\"token\":\"plan_0c1f\"}");
  }

  @Test
  void jobOfABackfill_namesItsSubscription() {
    String job = Sample.job("running", 2, 0, 0, 2);
    service.on(
        "GET /bulk",
        Reply.json(
            "["
                + job.replace(
                    "\"qualifying\"", "\"backfill\":{\"subscription\":\"a\"},\"qualifying\"")
                + ","
                + job
                + "]"));

    assertThat(client.jobs())
        .extracting(found -> found.scope().toString())
        .containsExactly("{\"subscription\":\"a\"}", "{\"status\":[\"failed\"]}");
  }
}

package dev.sluice.admin.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.api.SubscriptionRequests.Deliveries;
import dev.sluice.admin.testing.FakeService;
import dev.sluice.admin.testing.Reply;
import dev.sluice.admin.testing.Request;
import dev.sluice.admin.testing.SubscriptionSample;
import dev.sluice.admin.viewmodel.SubscriptionDeletion.Stage;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SubscriptionDeletionTest {

  private final Bench bench = new Bench(SubscriptionSample.fill(FakeService.lively())).connect();

  @BeforeEach
  void open() {
    bench.console.show(Screen.SUBSCRIPTIONS);
    bench.models().subscriptions().open("billing");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private SubscriptionDeletion deletion() {
    return bench.models().subscriptions().open().get().orElseThrow().deletion().orElseThrow();
  }

  private void has(String deliveries, String detail) {
    bench.service.on(
        "DELETE /subscriptions/billing",
        request ->
            request.path().contains("?deliveries=")
                ? gone(request.path().endsWith("finish") ? "finishing" : "cancelling")
                : new Reply(
                    409,
                    Map.of("Content-Type", "application/problem+json"),
                    """
                    {"title":"t","status":409,"detail":"%s","code":"has_deliveries",
                     "deliveries":%s}\
                    """
                        .formatted(detail, deliveries),
                    false,
                    false));
  }

  private static Reply gone(String state) {
    return Reply.json(
        SubscriptionSample.billing()
            .replace("\"state\":\"active\"", "\"state\":\"" + state + "\""));
  }

  @Test
  void subscriptionWithoutDeliveries_isDeleted_andTheListIsBack() {
    bench.service.on("DELETE /subscriptions/billing", gone("finishing"));
    SubscriptionDeletion deletion = deletion();
    deletion.delete(Optional.empty());

    assertThat(deletion.stage().get()).isEqualTo(new Stage.Over());
    assertThat(bench.models().subscriptions().open().get()).isEmpty();
    assertThat(bench.console.notices().getLast().text()).startsWith("billing is being deleted");
  }

  @Test
  void deliveries_areAskedAbout_andNothingIsDeletedYet() {
    has("\"1204\"", "it has unfinished deliveries (1204)");
    SubscriptionDeletion deletion = deletion();
    deletion.delete(Optional.empty());

    assertThat(deletion.stage().get()).isEqualTo(new Stage.HasDeliveries("1\u202f204"));
    assertThat(bench.models().subscriptions().open().get()).isPresent();
  }

  @Test
  void countThatEnded_isAtLeastThat() {
    has("10000", "it has unfinished deliveries (10000 or more)");
    SubscriptionDeletion deletion = deletion();
    deletion.delete(Optional.empty());

    assertThat(deletion.stage().get()).isEqualTo(new Stage.HasDeliveries("10\u202f000 or more"));
  }

  @Test
  void answer_isSentWithTheSameVersion() {
    has("3", "three");
    SubscriptionDeletion deletion = deletion();
    deletion.delete(Optional.empty());
    deletion.delete(Optional.of(Deliveries.CANCEL));

    Request last =
        bench.service.requests().stream()
            .filter(request -> request.method().equals("DELETE"))
            .reduce((_, second) -> second)
            .orElseThrow();
    assertThat(last.path()).isEqualTo("/subscriptions/billing?deliveries=cancel");
    assertThat(last.header("if-match")).contains("\"17\"");
    assertThat(deletion.stage().get()).isEqualTo(new Stage.Over());
  }

  @Test
  void versionThatIsOutdated_isNotDeleted() {
    bench.service.on(
        "DELETE /subscriptions/billing", Reply.problem(412, "precondition_failed", "no"));
    SubscriptionDeletion deletion = deletion();
    deletion.delete(Optional.empty());

    assertThat(deletion.stage().get()).asString().contains("someone else changed billing");
  }

  @Test
  void refusedDeletion_saysWhy() {
    bench.service.on(
        "DELETE /subscriptions/billing", Reply.problem(409, "managed_by_file", "change the file"));
    SubscriptionDeletion deletion = deletion();
    deletion.delete(Optional.empty());

    assertThat(deletion.stage().get()).isEqualTo(new Stage.Failed("change the file"));
  }

  @Test
  void secondClick_isIgnored() {
    bench.service.on("DELETE /subscriptions/billing", gone("finishing"));
    SubscriptionDeletion deletion = deletion();
    bench.lanes.hold();
    deletion.delete(Optional.empty());
    deletion.delete(Optional.empty());
    bench.lanes.release();

    assertThat(bench.service.requests("DELETE /subscriptions/billing")).hasSize(1);
  }
}

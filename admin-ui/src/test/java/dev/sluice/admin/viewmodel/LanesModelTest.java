package dev.sluice.admin.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.api.SubscriptionRequests.Lane;
import dev.sluice.admin.api.SubscriptionRequests.LaneAction;
import dev.sluice.admin.testing.FakeService;
import dev.sluice.admin.testing.LaneSample;
import dev.sluice.admin.testing.Reply;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The blocked lanes of a subscription, and what an operator decides about them.
final class LanesModelTest {

  private static final String LANES = "GET /subscriptions/billing/lanes";
  private static final String ACT = "POST /subscriptions/billing/lanes";

  private final Bench bench = new Bench(LaneSample.fill(FakeService.lively())).connect();

  @AfterEach
  void close() {
    bench.close();
  }

  private LanesModel open(String name) {
    bench.console.show(Screen.SUBSCRIPTIONS);
    bench.models().subscriptions().open(name);
    bench.seconds(2);
    return bench.models().subscriptions().open().get().orElseThrow().lanes();
  }

  private static List<Lane> blocked(LanesModel model) {
    return model.blocked().last().orElseThrow();
  }

  @Test
  void blockedLanes_areReadWithTheirHeads() {
    LanesModel model = open("billing");

    assertThat(model.isOrdered().get()).isTrue();
    assertThat(blocked(model)).extracting(Lane::head).containsExactly("evt-41", "evt-58");
    assertThat(bench.service.requests(LANES).getFirst().path())
        .isEqualTo("/subscriptions/billing/lanes?blocked=true&limit=50");
  }

  @Test
  void subscriptionWithoutOrdering_isNotAsked() {
    LanesModel model = open("mail");

    assertThat(model.isOrdered().get()).isFalse();
    assertThat(bench.service.requests("GET /subscriptions/mail/lanes")).isEmpty();
  }

  @Test
  void skippedHead_isNamedInTheRequest_andTheLanesAreReadAgain() {
    LanesModel model = open("billing");
    bench.service.on(LANES, Reply.json("[]"));

    model.act(blocked(model).getFirst(), LaneAction.SKIP);

    assertThat(bench.service.requests(ACT).getLast().body())
        .isEqualTo("{\"action\":\"skip\",\"key\":\"account-7\",\"head\":\"evt-41\"}");
    assertThat(blocked(model)).isEmpty();
  }

  @Test
  void refusedAction_isShown() {
    LanesModel model = open("billing");
    bench.service.on(ACT, Reply.problem(409, "state_conflict", "The lane is not blocked."));

    model.act(blocked(model).getFirst(), LaneAction.UNBLOCK);

    assertThat(bench.console.notices())
        .anySatisfy(notice -> assertThat(notice.text()).contains("The lane is not blocked"));
  }
}

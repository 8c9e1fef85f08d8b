package dev.sluice.admin.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.api.LaneRequests.Lane;
import dev.sluice.admin.api.LaneRequests.LaneAction;
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

  private static List<Lane> found(LanesModel model) {
    return model.lanes().last().orElseThrow().found();
  }

  @Test
  void lanes_areReadWithTheirHeads_blockedOnesFirst() {
    LanesModel model = open("billing");

    assertThat(model.isOrdered().get()).isTrue();
    assertThat(found(model)).extracting(Lane::head).containsExactly("evt-41", "evt-58", "evt-7");
    assertThat(model.lanes().last().orElseThrow().blocked()).isEqualTo(2);
    assertThat(bench.service.requests(LANES).stream().map(request -> request.path()).limit(2))
        .containsExactly(
            "/subscriptions/billing/lanes?blocked=true&limit=50",
            "/subscriptions/billing/lanes?limit=50");
  }

  @Test
  void searchedLane_isShownWithTheEventsBehindItsHead() {
    LanesModel model = open("billing");

    model.search(" account-7 ");
    bench.seconds(2);

    assertThat(bench.service.requests(LANES).getLast().path())
        .isEqualTo("/subscriptions/billing/lanes?key=account-7");
    assertThat(found(model)).singleElement().extracting(Lane::eventsBehind).isNotNull();
    model.search("");
    bench.seconds(2);
    assertThat(found(model)).hasSize(3);
  }

  @Test
  void keyWithoutALane_isFoundToHaveNone() {
    LanesModel model = open("billing");

    model.search("nobody");
    bench.seconds(2);

    assertThat(model.lanes().last().orElseThrow().key()).isEqualTo("nobody");
    assertThat(found(model)).isEmpty();
    assertThat(model.lanes().failure().get()).isEmpty();
  }

  @Test
  void head_allowsWhatItsStateAllows() {
    LanesModel model = open("billing");
    Lane blocked = found(model).getFirst();
    Lane waiting = found(model).getLast();

    assertThat(LaneAction.values()).allMatch(blocked::allows);
    assertThat(waiting.allows(LaneAction.RETRY)).isTrue();
    assertThat(waiting.allows(LaneAction.SKIP)).isTrue();
    assertThat(waiting.allows(LaneAction.UNBLOCK)).isFalse();
  }

  @Test
  void allBlockedLanes_areChangedByOneRequest() {
    LanesModel model = open("billing");

    model.actOnBlocked(LaneAction.UNBLOCK);

    assertThat(bench.service.requests(ACT).getLast().body())
        .isEqualTo("{\"action\":\"unblock\",\"blocked\":true,\"limit\":500}");
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

    model.act(found(model).getFirst(), LaneAction.SKIP);

    assertThat(bench.service.requests(ACT).getLast().body())
        .isEqualTo("{\"action\":\"skip\",\"key\":\"account-7\",\"head\":\"evt-41\"}");
    assertThat(found(model)).isEmpty();
  }

  @Test
  void refusedAction_isShown() {
    LanesModel model = open("billing");
    bench.service.on(ACT, Reply.problem(409, "state_conflict", "The lane is not blocked."));

    model.act(found(model).getFirst(), LaneAction.UNBLOCK);

    assertThat(bench.console.notices())
        .anySatisfy(notice -> assertThat(notice.text()).contains("The lane is not blocked"));
  }
}

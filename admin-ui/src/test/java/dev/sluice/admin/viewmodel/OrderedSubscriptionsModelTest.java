package dev.sluice.admin.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.api.LaneRequests.LaneAction;
import dev.sluice.admin.api.Subscription;
import dev.sluice.admin.testing.FakeService;
import dev.sluice.admin.testing.LaneSample;
import dev.sluice.admin.testing.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The lanes screen.
final class OrderedSubscriptionsModelTest {

  private final Bench bench = new Bench(LaneSample.fill(FakeService.lively())).connect();

  @AfterEach
  void close() {
    bench.close();
  }

  private OrderedSubscriptionsModel open() {
    bench.console.show(Screen.LANES);
    bench.seconds(3);
    return bench.models().ordered();
  }

  private static LanesModel selected(OrderedSubscriptionsModel model) {
    return model.selected().get().orElseThrow();
  }

  @Test
  void orderedSubscriptions_areListed_mostBlockedFirst() {
    OrderedSubscriptionsModel model = open();

    assertThat(model.ordered().last().orElseThrow())
        .extracting(Subscription::name)
        .containsExactly("billing", "audit");
    assertThat(selected(model).name()).isEqualTo("billing");
    assertThat(selected(model).lanes().last().orElseThrow().blocked()).isEqualTo(2);
  }

  @Test
  void selection_followsTheNameAndNotTheRow() {
    OrderedSubscriptionsModel model = open();

    bench.service.on("GET /subscriptions", Reply.json(LaneSample.list(0)));
    bench.seconds(6);

    assertThat(model.ordered().last().orElseThrow())
        .extracting(Subscription::name)
        .containsExactly("audit", "billing");
    assertThat(selected(model).name()).isEqualTo("billing");
  }

  @Test
  void otherSubscription_isTheOnlyOneThatIsAskedFor() {
    OrderedSubscriptionsModel model = open();

    model.select("audit");
    bench.service.forget();
    bench.seconds(4);

    assertThat(bench.service.requests("GET /subscriptions/audit/lanes")).isNotEmpty();
    assertThat(bench.service.requests("GET /subscriptions/billing/lanes")).isEmpty();
  }

  @Test
  void action_goesToTheSelectedSubscription() {
    OrderedSubscriptionsModel model = open();

    selected(model).actOnBlocked(LaneAction.SKIP);

    assertThat(bench.service.requests("POST /subscriptions/billing/lanes")).hasSize(1);
    assertThat(bench.console.notices())
        .anySatisfy(notice -> assertThat(notice.text()).startsWith("blocked lanes of billing: "));
  }

  @Test
  void hiddenScreen_asksNothing() {
    open();

    bench.console.show(Screen.NODES);
    bench.service.forget();
    bench.seconds(10);

    assertThat(bench.service.requests("GET /subscriptions")).isEmpty();
    assertThat(bench.service.requests("GET /subscriptions/billing/lanes")).isEmpty();
  }

  @Test
  void subscriptionThatIsNotOrderedAnyMore_isLeft() {
    OrderedSubscriptionsModel model = open();

    bench.service.on("GET /subscriptions", Reply.json("[]"));
    bench.seconds(6);

    assertThat(model.ordered().last().orElseThrow()).isEmpty();
    assertThat(model.selected().get()).isEmpty();
  }
}

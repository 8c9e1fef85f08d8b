package dev.sluice.admin.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.api.Subscription;
import dev.sluice.admin.model.SubscriptionFigures;
import dev.sluice.admin.model.SubscriptionVersion;
import dev.sluice.admin.testing.FakeService;
import dev.sluice.admin.testing.Reply;
import dev.sluice.admin.testing.Request;
import dev.sluice.admin.testing.SubscriptionSample;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SubscriptionsModelTest {

  private final Bench bench = new Bench(SubscriptionSample.fill(FakeService.lively())).connect();

  @BeforeEach
  void show() {
    bench.console.show(Screen.SUBSCRIPTIONS);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private SubscriptionsModel model() {
    return bench.models().subscriptions();
  }

  private List<String> shown() {
    return model().rows().shown().stream().map(SubscriptionRow::name).toList();
  }

  private SubscriptionFigures figures(String name) {
    return model().rows().shown().stream()
        .filter(row -> row.name().equals(name))
        .map(row -> row.data().get().figures())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void rows_areInTheServicesOrder_andNarrowedByName() {
    assertThat(shown()).containsExactly("audit", "billing", "mail", "shipping", "warehouse");

    model().rows().filter().set(" IL");

    assertThat(shown()).containsExactly("billing", "mail");
    assertThat(model().rows().size()).isEqualTo(5);
  }

  @Test
  void knownSubscription_keepsItsRow() {
    SubscriptionRow before = model().rows().shown().get(1);
    bench.service.on(
        "GET /subscriptions",
        Reply.json(
            "[" + SubscriptionSample.billing().replace("\"version\":17", "\"version\":18") + "]"));
    bench.seconds(4);

    assertThat(model().rows().shown()).containsExactly(before);
    assertThat(before.subscription().version()).isEqualTo(18);
  }

  @Test
  void selection_isWhatAnActionMeans_whileItIsListed() {
    assertThat(model().rows().meant()).isEmpty();
    model().rows().select(Optional.of("mail"));
    assertThat(model().rows().meant().map(Subscription::name)).contains("mail");

    model().rows().filter().set("ship");
    assertThat(model().rows().meant().map(Subscription::name)).contains("shipping");
  }

  @Test
  void rates_areDifferencesOfTotals() {
    assertThat(figures("billing").rateText()).isEqualTo("–");
    bench.service.on("GET /stats", Reply.json(SubscriptionSample.stats(10)));
    bench.seconds(10);

    assertThat(figures("billing").rateText()).isEqualTo("120");
    assertThat(figures("mail").rateText()).isEqualTo("0.50");
    assertThat(figures("shipping").rateText()).isEqualTo("0");
    assertThat(figures("warehouse").rateText()).isEqualTo("0");
  }

  @Test
  void counterThatBeganAgain_givesNoRate() {
    bench.service.on("GET /stats", Reply.json(SubscriptionSample.stats(-20)));
    bench.seconds(4);

    assertThat(figures("billing").rateText()).isEqualTo("–");
  }

  @Test
  void subscriptionAmongOthers_hasNoFigures() {
    bench.service.on(
        "GET /stats", Reply.json(SubscriptionSample.stats(0).replace("\"audit\"", "\"other\"")));
    bench.seconds(12);

    assertThat(figures("audit").rateText()).isEqualTo("–");
    assertThat(figures("audit").successText()).isEqualTo("–");
  }

  @Test
  void success_isOneHundredOnlyWithoutFailures() {
    assertThat(figures("audit").successText()).isEqualTo("100 %");
    assertThat(figures("mail").successText()).isEqualTo("99.98 %");
    assertThat(figures("shipping").successText()).isEqualTo("98.78 %");
  }

  @Test
  void olderService_hasNoWaitingDeliveries() {
    assertThat(figures("billing").waitingText()).isEqualTo("–");
    assertThat(figures("billing").oldestText()).isEqualTo("–");
  }

  @Test
  void reportedFigures_areShownInsteadOfThoseOfTheStatistics() {
    SubscriptionSample.fillCounted(bench.service);
    bench.service.on("GET /stats", Reply.json(SubscriptionSample.stats(20)));
    bench.seconds(10);

    assertThat(figures("audit").waitingText()).isEqualTo("12");
    assertThat(figures("audit").oldestText()).isEqualTo("412 ms");
    assertThat(figures("audit").rateText()).isEqualTo("400");
    assertThat(figures("audit").successText()).isEqualTo("100 %");
    assertThat(figures("mail").oldestText()).isEqualTo("none");
    assertThat(figures("mail").rateText()).isEqualTo("0");
    assertThat(figures("mail").successText()).isEqualTo("–");
    assertThat(figures("warehouse").waitingText()).isEqualTo("–");
  }

  @Test
  void countsThatStoppedAtALimit_haveAPlus() {
    SubscriptionSample.fillCounted(bench.service);
    bench.seconds(4);

    assertThat(figures("billing").waitingText()).isEqualTo("10\u202f000+");
    assertThat(figures("billing").oldestText()).isEqualTo("12 min 34 s+");
    assertThat(figures("billing").successText()).isEqualTo("98.66 %");
    assertThat(figures("shipping").waitingText()).isEqualTo("1\u202f204");
  }

  @Test
  void countsOfOtherStatuses_sayNothingAboutWaitingOnes() {
    SubscriptionSample.fillCounted(bench.service);
    bench.service.on(
        "GET /subscriptions",
        Reply.json(
            """
            [{"name":"x","types":["*"],"destination":{"kind":"log"},"oldest_waiting_seconds":0.0,
              "deliveries":{"received":0,"retrying":2,"processing":0,"failed":9,
                            "at_least":["failed","of_a_later_service"]}}]\
            """));
    bench.seconds(4);

    assertThat(figures("x").waitingText()).isEqualTo("2");
    assertThat(figures("x").oldestText()).isEqualTo("none");
  }

  @Test
  void page_hasTheFiguresOfItsSubscription() {
    SubscriptionSample.fillCounted(bench.service);
    model().open("shipping");
    SubscriptionFigures shipping = model().open().get().orElseThrow().figures();

    assertThat(shipping.waitingText()).isEqualTo("1\u202f204");
    assertThat(shipping.oldestText()).isEqualTo("29 min 56 s");
    assertThat(shipping.deadText()).isEqualTo("300");
  }

  @Test
  void deadLetters_areCountedOverTheirGroups() {
    assertThat(figures("billing").deadText()).isEqualTo("903");
    assertThat(figures("shipping").deadText()).isEqualTo("300");
    assertThat(figures("mail").deadText()).isEqualTo("0");
  }

  @Test
  void openPage_isPolledInsteadOfTheList() {
    model().open("billing");
    bench.service.forget();
    bench.seconds(4);

    assertThat(bench.service.requests("GET /subscriptions/billing")).isNotEmpty();
    assertThat(bench.service.requests("GET /subscriptions")).isEmpty();
    assertThat(bench.service.requests("GET /processing")).isEmpty();

    model().closePage();
    bench.service.forget();
    bench.seconds(4);
    assertThat(bench.service.requests("GET /subscriptions/billing")).isEmpty();
    assertThat(bench.service.requests("GET /subscriptions")).isNotEmpty();
  }

  @Test
  void hiddenScreen_asksNothing() {
    model().open("billing");
    bench.console.show(Screen.NODES);
    bench.service.forget();
    bench.seconds(20);

    assertThat(bench.service.requests())
        .extracting(Request::path)
        .noneMatch(path -> path.startsWith("/subscriptions") || path.startsWith("/dead-letters"));
  }

  @Test
  void longList_isReadLessOften_andItsRowsAreShownQuickly() {
    bench.service.on("GET /subscriptions", Reply.json(SubscriptionSample.many(0, 10_000)));
    model().refresh();
    assertThat(model().rows().shown()).hasSize(10_000);
    bench.service.forget();
    bench.seconds(30);
    assertThat(bench.service.requests("GET /subscriptions")).isEmpty();

    long start = System.nanoTime();
    model().rows().filter().set("sub-0999");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    assertThat(model().rows().shown()).hasSize(10);
  }

  @Test
  void newVersion_bringsItsHistory() {
    model().open("billing");
    SubscriptionModel page = model().open().get().orElseThrow();
    assertThat(page.history()).hasSize(3);
    bench.service.on(
        "GET /subscriptions/billing",
        Reply.json(SubscriptionSample.billing()).with("ETag", "\"18\""));
    bench.service.forget();
    bench.seconds(4);

    assertThat(bench.service.requests("GET /subscriptions/billing/versions")).hasSize(1);
  }

  @Test
  void history_saysWhatChanged() {
    model().open("billing");
    List<SubscriptionVersion> history = model().open().get().orElseThrow().history();

    assertThat(history.getFirst().changes())
        .extracting(SubscriptionVersion.Change::text)
        .containsExactly("Event types: order.* → order.*, invoice.paid", "Retries: 5 → 10");
    assertThat(history.get(1).changes())
        .extracting(SubscriptionVersion.Change::text)
        .contains("Destination: demo → log", "Timeout: 15s", "Event types: order.paid → order.*")
        .noneMatch(text -> text.contains("null"));
    assertThat(history.getLast().changes()).isEmpty();
  }

  @Test
  void builtInSubscription_hasNoHistory_andThatIsNoFailure() {
    bench.service.on(
        "GET /subscriptions/default/versions", Reply.problem(404, "not_found", "no versions"));
    model().open("default");
    SubscriptionModel page = model().open().get().orElseThrow();

    assertThat(page.versions().last()).contains(List.of());
    assertThat(page.versions().failure().get()).isEmpty();
  }

  @Test
  void removedMember_isSaidToBe() {
    assertThat(new SubscriptionVersion.Change("Timeout", "15s", "").text())
        .isEqualTo("Timeout: 15s removed");
  }

  @Test
  void unknownSubscription_isMissing() {
    model().open("nobody");

    assertThat(model().open().get().orElseThrow().isMissing()).isTrue();
  }

  @Test
  void errorGroups_areThoseOfTheSubscription_andLeadToTheirEvents() {
    model().open("billing");
    var groups = model().open().get().orElseThrow().errorGroups();
    assertThat(groups).hasSize(2);

    bench.console.showErrorGroup(groups.getFirst().fingerprint());

    assertThat(bench.console.screen().get()).isEqualTo(Screen.DEAD_LETTERS);
    assertThat(bench.models().deadLetters().events().filter().errors())
        .containsExactly(groups.getFirst().fingerprint());
  }
}

package dev.sluice.admin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.admin.api.Subscription.RateLimit;
import dev.sluice.admin.api.Subscription.RetryPolicy;
import dev.sluice.admin.api.SubscriptionRequests.Deliveries;
import dev.sluice.admin.testing.FakeService;
import dev.sluice.admin.testing.Reply;
import dev.sluice.admin.testing.Request;
import dev.sluice.admin.testing.Sample;
import dev.sluice.admin.testing.SubscriptionSample;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SubscriptionRequestsTest {

  private final FakeService service = SubscriptionSample.fill(FakeService.lively());
  private final SluiceClient client =
      new SluiceClient(Target.of(service.address(), Optional.empty()));

  @AfterEach
  void stop() {
    client.close();
    service.close();
  }

  private SubscriptionRequests requests() {
    return client.subscriptions();
  }

  private Request last() {
    return service.requests().getLast();
  }

  private static SubscriptionDraft draft() {
    return SubscriptionDraft.NEW
        .with(DraftField.NAME, "a.b")
        .with(DraftField.TYPES, " order.* \n\n*")
        .with(DraftField.FILTER, "{\"payload\": {\"n\": [12.50]}}")
        .with(DraftField.MAX_RETRIES, "3");
  }

  @Test
  void members_areRead() {
    Subscription billing = requests().find("billing").subscription();

    assertThat(billing.types()).containsExactly("order.*", "invoice.paid");
    assertThat(billing.filter()).extracting(JsonText::text).asString().contains("[\">\",12.50]");
    assertThat(billing.destination()).isEqualTo(Destination.of("log"));
    assertThat(billing.retry())
        .isEqualTo(new RetryPolicy(10L, "1s", BigDecimal.valueOf(2), "1h", "3d", null));
    assertThat(billing.rate()).isEqualTo(new RateLimit(BigDecimal.valueOf(50), 100L));
    assertThat(billing.others()).isEmpty();
    assertThat(requests().find("billing").tag()).isEqualTo("\"17\"");
  }

  @Test
  void membersThatAnEarlierServiceLacks_haveTheirUsualValue() {
    service.on("GET /subscriptions", Reply.json("[" + Sample.subscription("null") + "]"));

    Subscription first = requests().all().items().getFirst();

    assertThat(first.types()).containsExactly("*");
    assertThat(first.destination().kind()).isEqualTo("demo");
    assertThat(first.isActive()).isTrue();
    assertThat(first.isStored()).isFalse();
    assertThat(first.filter()).isNull();
  }

  @Test
  void membersOfALaterService_areKept() {
    service.on(
        "GET /subscriptions/x",
        Reply.json(
            """
            {"name":"x","types":["*"],"destination":{"kind":"webhook","url":"https://a","n":1.50},
             "priority":{"by":"age"},"rate":null,"filter":null,"breaker":null}\
            """));

    Subscription found = requests().find("x").subscription();

    assertThat(found.destination().others()).containsEntry("n", new JsonText("1.50"));
    assertThat(found.filter()).isNull();
    assertThat(found.others())
        .containsEntry("breaker", new JsonText("null"))
        .containsEntry("priority", new JsonText("{\"by\":\"age\"}"));
  }

  @Test
  void figures_areNoPartOfTheDefinition() {
    Subscription before = requests().find("billing").subscription();
    SubscriptionSample.fillCounted(service);
    Subscription counted = requests().find("billing").subscription();

    assertThat(counted.deliveries())
        .isEqualTo(new DeliveryCounts(9_997, 3, 4, 7, List.of(Status.RECEIVED)));
    assertThat(counted.lastMinute()).contains(new Stats.Rates(1, 118.4, 1.6, 0.05));
    assertThat(counted.others()).isEmpty();
    assertThat(counted.withoutFigures()).isEqualTo(before);
  }

  @Test
  void pages_areFollowedToTheEnd() {
    service.on(
        "GET /subscriptions",
        request ->
            request.path().contains("after=sub-00499")
                ? Reply.json(SubscriptionSample.many(500, 20))
                : Reply.json(SubscriptionSample.many(0, 500))
                    .with("Link", "</subscriptions?after=sub-00499>; rel=\"next\""));

    Page<Subscription> all = requests().all();

    assertThat(all.items()).hasSize(520);
    assertThat(all.next()).isEmpty();
    assertThat(service.requests())
        .extracting(Request::path)
        .containsExactly("/subscriptions", "/subscriptions?limit=1000&after=sub-00499");
  }

  @Test
  void listWithoutEnd_isCutOff() {
    service.on(
        "GET /subscriptions",
        Reply.json(SubscriptionSample.many(0, 1_000))
            .with("Link", "</subscriptions?after=x>; rel=\"next\""));

    Page<Subscription> all = requests().all();

    assertThat(all.items()).hasSize(SubscriptionRequests.MOST);
    assertThat(all.next()).contains("x");
  }

  @Test
  void newSubscription_mustNotExist() {
    service.on("PUT /subscriptions/a.b", Reply.json(SubscriptionSample.billing()).withStatus(201));

    requests().create(draft());

    assertThat(last().header("if-none-match")).contains("*");
    assertThat(last().header("if-match")).isEmpty();
    assertThat(last().body())
        .isEqualTo(
            "{\"types\":[\"order.*\",\"*\"],\"filter\":{\"payload\": {\"n\": [12.50]}},"
                + "\"destination\":{\"kind\":\"log\"},\"retry\":{\"max_retries\":3}}");
  }

  @Test
  void change_namesTheVersionThatItReplaces() {
    service.on("PUT /subscriptions/billing", Reply.json(SubscriptionSample.billing()));
    StoredSubscription before = requests().forChange("billing");

    requests().replace(before, SubscriptionDraft.of(before.subscription()));

    assertThat(last().header("if-match")).contains("\"17\"");
    assertThat(last().body())
        .contains("\"types\":[\"order.*\",\"invoice.paid\"]", "\"timeout\":\"15s\"")
        .contains("\"rate\":{\"per_second\":50,\"burst\":100}")
        .doesNotContain("patterns", "version", "retry_base_ms");
  }

  @Test
  void unknownMembersOfTheDefinition_areSentBack_andReportedOnesAreNot() {
    service.on(
        "GET /subscriptions/billing",
        Reply.json(
                SubscriptionSample.billing()
                    .replace("\"paused\":", "\"counts\":{\"failed\":3},\"paused\":"))
            .with("ETag", "\"17\""));
    service.on(
        "GET /subscriptions/billing/versions",
        Reply.json(
            "["
                + SubscriptionSample.billing(17, "[\"order.*\"]", 10)
                + ",\"priority\":{\"by\":\"age\"}}]"));
    service.on("PUT /subscriptions/billing", Reply.json(SubscriptionSample.billing()));
    StoredSubscription before = requests().forChange("billing");

    requests().replace(before, SubscriptionDraft.of(before.subscription()));

    assertThat(last().body()).contains("\"priority\":{\"by\":\"age\"}").doesNotContain("counts");
  }

  @Test
  void delayAndOrdering_areSentAsTheFormHasThem() {
    service.on("PUT /subscriptions/a.b", Reply.json(SubscriptionSample.billing()).withStatus(201));

    requests().create(draft().with(DraftField.DELAY, "10m").with(DraftField.ORDERING, "block"));

    assertThat(last().body())
        .contains("\"delay\":\"10m\"", "\"by\":\"key\"", "\"on_failure\":\"block\"");
  }

  @Test
  void orderingOfTheService_isReadAndKept() {
    service.on(
        "GET /subscriptions/x",
        Reply.json(
            "{\"name\":\"x\",\"types\":[\"*\"],\"destination\":{\"kind\":\"log\"},"
                + "\"delay\":\"5s\",\"ordering\":{\"by\":\"key\"}}"));

    Subscription found = requests().find("x").subscription();

    assertThat(found.isOrdered()).isTrue();
    assertThat(SubscriptionDraft.of(found).text(DraftField.ORDERING)).isEqualTo("continue");
    assertThat(SubscriptionDraft.of(found).text(DraftField.DELAY)).isEqualTo("5s");
    assertThat(found.unknown()).isEmpty();
  }

  @Test
  void subscriptionThatChangesWhileItIsRead_isReadAgain_thenGivenUp() {
    service.on(
        "GET /subscriptions/billing/versions",
        Reply.json("[" + SubscriptionSample.billing(18, "[\"*\"]", 1) + "}]"));

    ApiException thrown =
        catchThrowableOfType(ApiException.class, () -> requests().forChange("billing"));

    assertThat(thrown.fault()).isInstanceOf(Fault.Unreachable.class);
    assertThat(service.requests("GET /subscriptions/billing")).hasSize(3);
  }

  @Test
  void backfill_isPlannedForWhatIsGiven() {
    service.on(
        "POST /subscriptions/billing/backfill",
        Reply.json(SubscriptionSample.backfillPlan(1_300, 1_203)));
    Optional<Instant> since = Optional.of(Instant.parse("2026-03-14T00:00:00Z"));

    BulkPlan plan =
        requests().planBackfill("billing", since, Optional.empty(), Optional.of("{\"a\": 1.50}"));

    assertThat(plan.qualifying()).isEqualTo(1_203);
    assertThat(last().body())
        .isEqualTo("{\"since\":\"2026-03-14T00:00:00Z\",\"filter\":{\"a\": 1.50}}");
  }

  @Test
  void series_isAboutOneSubscription() {
    service.on("GET /stats/series", Reply.json(SubscriptionSample.seriesAmongOthers()));

    assertThat(requests().series("a.b", "-1h", "20s").isAmongOthers()).isTrue();
    assertThat(last().path()).isEqualTo("/stats/series?subscription=a.b&from=-1h&step=20s");
  }

  @Test
  void deletion_namesTheVersion_andWhatBecomesOfDeliveries() {
    service.on("DELETE /subscriptions/billing", Reply.json(SubscriptionSample.billing()));
    StoredSubscription billing = requests().find("billing");

    requests().delete(billing, Optional.empty());
    assertThat(last().path()).isEqualTo("/subscriptions/billing");
    assertThat(last().header("if-match")).contains("\"17\"");

    requests().delete(billing, Optional.of(Deliveries.FINISH));
    assertThat(last().path()).isEqualTo("/subscriptions/billing?deliveries=finish");
  }

  @Test
  void outdatedVersion_isToldApart() {
    service.on(
        "DELETE /subscriptions/billing",
        Reply.problem(412, "precondition_failed", "it is at version 18"));
    StoredSubscription billing = requests().find("billing");

    ApiException thrown =
        catchThrowableOfType(
            ApiException.class, () -> requests().delete(billing, Optional.empty()));

    assertThat(thrown.fault().isOutdated()).isTrue();
  }
}

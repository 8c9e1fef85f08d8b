package dev.sluice.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.api.SubscriptionRequests.NewSecret;
import dev.sluice.admin.testing.FakeService;
import dev.sluice.admin.testing.Reply;
import dev.sluice.admin.testing.Request;
import dev.sluice.admin.testing.WebhookSample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WebhookRequestsTest {

  private final FakeService service = WebhookSample.fill(FakeService.lively());
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

  @Test
  void change_keepsEverythingThatWasNotChanged() {
    service.on("PUT /subscriptions/partner", Reply.json(WebhookSample.withSecret()));
    StoredSubscription before = requests().forChange("partner");

    Subscription after =
        requests().replace(before, SubscriptionDraft.of(before.subscription())).subscription();

    assertThat(last().body())
        .contains("\"url\":\"https://partner.example/hooks/orders\",\"format\":\"template\"")
        .containsPattern("\"text\" *: *\"\\{\\{event_type}}\"")
        .contains("12.50", "\"headers\":{\"X-Team\":\"billing\",\"X-Env\":\"a: b\"}")
        .contains("\"credentials\":{\"scheme\":\"basic\",\"username\":\"sluice\",\"realm\":\"r\"}")
        .contains("\"permanent_statuses\":[410,422]", "\"proxy\":{\"n\":1.50}")
        .contains("\"retry\":{\"waits\":[\"5s\",\"5m\",\"1h\"],\"max_age\":\"0s\"}")
        .doesNotContain("secret", "receiver");
    assertThat(after.secret()).isEqualTo(WebhookSample.SECRET);
    assertThat(after.others()).isEmpty();
  }

  @Test
  void receiver_isRead_andIsNoPartOfTheDefinition() {
    Subscription found = requests().find("partner").subscription();

    assertThat(found.receiver())
        .isEqualTo(
            new Receiver(
                "broken",
                Instant.parse("2026-03-14T09:30:42Z"),
                "8 of the last 10 attempts failed",
                4L,
                2L,
                Map.of("2xx", 1_120L, "4xx", 3L, "5xx", 8L, "none", 1L),
                new Receiver.Latency(12.0, 80.4)));
    assertThat(found.withoutFigures().receiver()).isNull();
    assertThat(found.others()).isEmpty();
  }

  @Test
  void receiverOfWhichNothingIsKnown_isReadToo() {
    service.on("GET /subscriptions/partner", Reply.json(WebhookSample.partner("{}")));

    assertThat(requests().find("partner").subscription().receiver())
        .isEqualTo(new Receiver("", null, null, null, null, Map.of(), null));
  }

  @Test
  void attempts_areReadWithTheirResponses() {
    List<SubscriptionAttempt> all = requests().attempts("partner", Optional.empty(), 50);

    assertThat(last().path()).isEqualTo("/subscriptions/partner/attempts?limit=50");
    assertThat(all).extracting(SubscriptionAttempt::number).containsExactly(1, 2, 1, 3, 1);
    assertThat(all.getFirst().response()).isNull();
    assertThat(all.get(1).response())
        .satisfies(response -> assertThat(response.status()).isEqualTo(503))
        .satisfies(response -> assertThat(response.isCut()).isTrue())
        .satisfies(response -> assertThat(response.headers()).containsEntry("retry-after", "30"))
        .extracting(Response::timesMs)
        .isEqualTo(new Response.Times(0.4, 1.2, 8.6, 40.1, 42.3));
    assertThat(all.getLast().response()).extracting(Response::status).isNull();
  }

  @Test
  void attempts_areAskedForByClassOfStatus() {
    assertThat(requests().attempts("partner", Optional.of("4xx"), 50)).hasSize(1);
    assertThat(last().path()).isEqualTo("/subscriptions/partner/attempts?status=4xx&limit=50");
  }

  @Test
  void secret_isRotated_andNoTextShowsItByAccident() {
    NewSecret made = requests().rotateSecret("partner", "24h");

    assertThat(last().body()).isEqualTo("{\"grace\":\"24h\"}");
    assertThat(made.secret()).isEqualTo(WebhookSample.SECRET);
    assertThat(made.previousUntil()).isEqualTo(Instant.parse("2026-03-15T09:30:00Z"));
    assertThat(made.toString()).doesNotContain("whsec");
  }

  @Test
  void responseOfAnAttempt_isPartOfTheEvent() {
    service.on(
        "GET /events/order-1",
        Reply.json(
            WebhookSample.withResponses(
                dev.sluice.admin.testing.Sample.detail("order-1", "failed"))));

    assertThat(client.event("order-1").history().deliveries().getFirst().attempts())
        .extracting(EventDetail.Attempt::response)
        .extracting(Response::status)
        .containsExactly(503, null, 503);
  }
}

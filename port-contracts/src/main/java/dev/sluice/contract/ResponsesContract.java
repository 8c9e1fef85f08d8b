package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.EventRecord.History;
import dev.sluice.domain.delivery.RecentAttempt;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.Response;
import dev.sluice.domain.delivery.StatusClass;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.port.SettlementResult;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The promise of storages that what a receiver answered is kept with each attempt, and that the
/// newest attempts of a subscription are listed.
public interface ResponsesContract {

  Duration SECOND = Duration.ofSeconds(1);

  /// Returns a new, empty storage.
  StorageFixture newStorage();

  @Test
  default void succeededAttempt_keepsItsResponse() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");

    settle(fixture, Resolution.COMPLETE, response(204));

    assertThat(responses(fixture, "e-1")).containsExactly(Optional.of(response(204)));
  }

  @Test
  default void retriedAttempts_keepEachItsResponse() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");

    settle(fixture, fixture.retryIn(Duration.ZERO), response(500));
    settle(fixture, fixture.retryIn(Duration.ZERO), response(0));
    settle(fixture, Resolution.COMPLETE, response(200));

    assertThat(responses(fixture, "e-1"))
        .containsExactly(
            Optional.of(response(500)), Optional.of(response(0)), Optional.of(response(200)));
  }

  @Test
  default void attemptsWithoutAResponse_haveNoneAmongOthers() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");

    settle(fixture, fixture.retryIn(Duration.ZERO), response(500));
    fixture.settle(fixture.claimOne(), fixture.retryIn(Duration.ZERO));
    settle(fixture, Resolution.HAND_BACK, response(429));
    var _ = fixture.claimOne();

    assertThat(responses(fixture, "e-1"))
        .containsExactly(
            Optional.of(response(500)),
            Optional.empty(),
            Optional.of(response(429)),
            Optional.empty());
  }

  @Test
  default void deadLetter_keepsTheLastResponse_alsoWhenDiscarded() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    settle(fixture, new Resolution.DeadLetter(StorageFixture.CAUSE), response(410));

    assertThat(responses(fixture, "e-1")).containsExactly(Optional.of(response(410)));
    var _ = fixture.control().discard(new EventId("e-1"), Set.of());

    assertThat(responses(fixture, "e-1")).containsExactly(Optional.of(response(410)));
    assertThat(newest(fixture, 10)).extracting(one -> one.attempt().number()).containsExactly(1);
  }

  @Test
  default void lostLease_keepsNoResponse() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    Claim lost = fixture.claimOne();
    fixture.clock().advance(StorageFixture.LEASE);
    var _ = fixture.queue().reclaimExpired(10, _ -> fixture.retryIn(Duration.ZERO));

    List<SettlementResult> results =
        fixture
            .queue()
            .settle(List.of(settlement(lost, Resolution.COMPLETE, Optional.of(response(200)))));

    assertThat(results).containsExactly(SettlementResult.LEASE_LOST);
    assertThat(responses(fixture, "e-1")).containsExactly(Optional.empty());
    assertThat(newest(fixture, 10)).isEmpty();
  }

  @Test
  default void replayedDelivery_keepsEarlierResponses() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    settle(fixture, Resolution.COMPLETE, response(200));
    var _ = fixture.control().replay(new EventId("e-1"), new ReplayScope.All(), LanePlace.TAIL);

    settle(fixture, Resolution.COMPLETE, response(202));

    assertThat(responses(fixture, "e-1"))
        .containsExactly(Optional.of(response(200)), Optional.of(response(202)));
  }

  @Test
  default void longestBody_isKeptUnchanged() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    var large =
        new Response(
            "https://user.example/ü?q=\"1\"",
            200,
            Map.of("content-type", "text/plain; charset=\"utf-8\"", "x-note", "ä\\\"\u0001"),
            "\n\u0001😀\"ß".repeat(Response.MAX_BODY_LENGTH).substring(0, Response.MAX_BODY_LENGTH),
            true,
            response(200).times());

    settle(fixture, Resolution.COMPLETE, large);

    assertThat(responses(fixture, "e-1")).containsExactly(Optional.of(large));
  }

  @Test
  default void settlementsOfOneBatch_keepTheirOwnResponses() {
    StorageFixture fixture = newStorage();
    fixture.events().append(Events.many(5));
    List<Settlement> batch =
        fixture.claimDue().stream()
            .map(claim -> settlement(claim, Resolution.COMPLETE, responseFor(claim)))
            .toList();

    assertThat(fixture.queue().settle(batch)).containsOnly(SettlementResult.SETTLED).hasSize(5);

    for (Settlement settled : batch) {
      String id = settled.claim().event().id().value();
      assertThat(responses(fixture, id)).containsExactly(settled.response());
    }
  }

  private static Optional<Response> responseFor(Claim claim) {
    return claim.sequence() % 2 == 0
        ? Optional.empty()
        : Optional.of(response(200 + (int) (claim.sequence() % 100)));
  }

  @Test
  default void newestAttempts_comeFirst() {
    StorageFixture fixture = newStorage();
    each(fixture, 200, 503, 0, 404, 301, 201);

    assertThat(statuses(newest(fixture, 4))).containsExactly(201, 301, 404, 0);
    assertThat(statuses(newest(fixture, 200))).containsExactly(201, 301, 404, 0, 503, 200);
    RecentAttempt first = newest(fixture, 1).getFirst();
    Attempt found = fixture.record("e-6").history().getFirst().attempts().getFirst();
    assertThat(first).isEqualTo(new RecentAttempt(new EventId("e-6"), Events.TYPE, found));
  }

  @Test
  default void newestAttempts_areChosenByTheClassOfTheirStatus() {
    StorageFixture fixture = newStorage();
    each(fixture, 200, 503, 0, 404, 301, 201, 599, 299, 700, 101);

    assertThat(statuses(fixture, StatusClass.SUCCESS, 2)).containsExactly(299, 201);
    assertThat(statuses(fixture, StatusClass.REDIRECTION, 10)).containsExactly(301);
    assertThat(statuses(fixture, StatusClass.CLIENT_ERROR, 10)).containsExactly(404);
    assertThat(statuses(fixture, StatusClass.SERVER_ERROR, 10)).containsExactly(101, 700, 599, 503);
    assertThat(statuses(fixture, StatusClass.NONE, 10)).containsExactly(0);
  }

  @Test
  default void newestAttempts_includeThoseBeforeARetryAndAReplay() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    settle(fixture, fixture.retryIn(Duration.ZERO), response(500));
    settle(fixture, Resolution.HAND_BACK, response(429));
    settle(fixture, Resolution.COMPLETE, response(200));
    var _ = fixture.control().replay(new EventId("e-1"), new ReplayScope.All(), LanePlace.TAIL);
    settle(fixture, Resolution.COMPLETE, response(202));

    List<RecentAttempt> newest = newest(fixture, 10);

    assertThat(statuses(newest)).containsExactly(202, 200, 429, 500);
    List<Attempt> attempts = fixture.record("e-1").history().getFirst().attempts();
    assertThat(newest)
        .extracting(RecentAttempt::attempt)
        .containsExactlyElementsOf(attempts.reversed());
  }

  @Test
  default void newestAttempts_areThoseOfOneSubscription() {
    StorageFixture fixture = newStorage();
    each(fixture, 200);

    assertThat(fixture.events().newestAttempts(new SubscriptionName("other"), Optional.empty(), 10))
        .isEmpty();
  }

  @Test
  default void attemptsThatAreNoLongerKept_areNotListed() {
    StorageFixture fixture = newStorage();
    fixture.append("e-1");
    for (int number = 1; number <= History.MAX_ATTEMPTS + 2; number++) {
      settle(fixture, Resolution.HAND_BACK, response(200));
    }

    assertThat(responses(fixture, "e-1"))
        .hasSize(History.MAX_ATTEMPTS)
        .containsOnly(Optional.of(response(200)));
    assertThat(newest(fixture, 200))
        .extracting(one -> one.attempt().number())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(3, History.MAX_ATTEMPTS + 2).boxed().toList().reversed());
  }

  @Test
  default void purgedEvents_takeTheirResponsesWithThem() {
    StorageFixture fixture = newStorage();
    each(fixture, 200, 201);
    fixture.clock().advance(Duration.ofHours(1));
    fixture.append("e-3");
    settle(fixture, Resolution.COMPLETE, response(202));

    assertThat(fixture.events().purge(fixture.now().minus(SECOND), 10)).isEqualTo(2);
    fixture.append("e-1");

    assertThat(responses(fixture, "e-1")).isEmpty();
    assertThat(statuses(newest(fixture, 10))).containsExactly(202);
  }

  private static void each(StorageFixture fixture, int... statuses) {
    for (int index = 0; index < statuses.length; index++) {
      fixture.append("e-" + (index + 1));
      settle(fixture, Resolution.COMPLETE, response(statuses[index]));
    }
  }

  private static List<RecentAttempt> newest(StorageFixture fixture, int limit) {
    return fixture.events().newestAttempts(SubscriptionName.DEFAULT, Optional.empty(), limit);
  }

  private static List<Integer> statuses(StorageFixture fixture, StatusClass status, int limit) {
    return statuses(
        fixture.events().newestAttempts(SubscriptionName.DEFAULT, Optional.of(status), limit));
  }

  private static List<Integer> statuses(List<RecentAttempt> attempts) {
    return attempts.stream().map(one -> one.attempt().response().orElseThrow().status()).toList();
  }

  private static void settle(StorageFixture fixture, Resolution resolution, Response response) {
    fixture.clock().advance(SECOND);
    var settlement = settlement(fixture.claimOne(), resolution, Optional.of(response));
    assertThat(fixture.queue().settle(List.of(settlement)))
        .containsExactly(SettlementResult.SETTLED);
  }

  private static Settlement settlement(
      Claim claim, Resolution resolution, Optional<Response> response) {
    return new Settlement(claim, resolution, 0, response);
  }

  private static List<Optional<Response>> responses(StorageFixture fixture, String id) {
    return fixture.record(id).history().getFirst().attempts().stream()
        .map(Attempt::response)
        .toList();
  }

  /// Returns a response with this status; 0 for none.
  private static Response response(int status) {
    return new Response(
        "https://receiver.example/hook",
        status,
        status == 0 ? Map.of() : Map.of("content-type", "text/plain", "server", "nginx"),
        status == 0 ? "" : "status " + status,
        status == 503,
        new Response.Times(
            status == 201 ? Optional.empty() : Optional.of(Duration.ofNanos(1_234_567)),
            Optional.of(Duration.ofMillis(3)),
            Optional.empty(),
            status == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(20)),
            Duration.ofSeconds(30, 1)));
  }
}

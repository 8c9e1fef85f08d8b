package dev.sluice.admin.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.api.Response;
import dev.sluice.admin.api.SubscriptionAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatusHistoryTest {

  private static final Instant NOW = Instant.parse("2026-03-14T09:30:00Z");
  private static final int LAST = StatusHistory.STEPS - 1;

  private static Response response(@Nullable Integer status) {
    return new Response("https://a", status, Map.of(), "", false, null);
  }

  private static SubscriptionAttempt attempt(long secondsAgo, @Nullable Response response) {
    Instant end = NOW.minusSeconds(secondsAgo);
    return new SubscriptionAttempt(
        "a", "t", 1, "w", end.minusSeconds(1), "failed", end, 1_000L, null, response);
  }

  private static SubscriptionAttempt attempt(long secondsAgo, int status) {
    return attempt(secondsAgo, response(status));
  }

  private static StatusHistory history(SubscriptionAttempt... attempts) {
    return StatusHistory.of(List.of(attempts), NOW);
  }

  private static List<Integer> places(StatusHistory history) {
    return IntStream.range(0, history.steps().size())
        .filter(place -> history.steps().get(place).count(StatusClass.ALL) > 0)
        .boxed()
        .toList();
  }

  @Test
  void noAttempts_haveNoSteps() {
    assertThat(history().isEmpty()).isTrue();
    assertThat(history(attempt(5, (Response) null)).isEmpty()).isTrue();
    assertThat(history().total(StatusClass.ALL)).isZero();
  }

  @Test
  void oneAttempt_isInTheFirstOfFortySteps() {
    StatusHistory history = history(attempt(400, 204));

    assertThat(history.from()).isEqualTo(NOW.minusSeconds(400));
    assertThat(history.until()).isEqualTo(NOW);
    assertThat(history.steps()).hasSize(40);
    assertThat(places(history)).containsExactly(0);
  }

  @Test
  void attemptsAtTheSameTime_areInOneStep_whichIsNotShorterThanASecond() {
    StatusHistory history = history(attempt(0, 204), attempt(0, 503), attempt(0, 503));

    assertThat(Duration.between(history.from(), history.until())).hasSeconds(40);
    assertThat(places(history)).containsExactly(LAST);
    assertThat(history.steps().getLast().counts())
        .isEqualTo(Map.of(StatusClass.SUCCESS, 1, StatusClass.SERVER_ERROR, 2));
  }

  @Test
  void clockOfTheServiceAhead_endsTheHistoryWithTheNewestAttempt() {
    StatusHistory history = history(attempt(-100, 204), attempt(300, 204));

    assertThat(history.until()).isEqualTo(NOW.plusSeconds(100));
    assertThat(history.from()).isEqualTo(NOW.minusSeconds(300));
    assertThat(places(history)).containsExactly(0, LAST);
  }

  @Test
  void clockOfTheServiceBehind_leavesTheEndEmpty() {
    assertThat(places(history(attempt(200, 204), attempt(400, 204)))).containsExactly(0, 20);
  }

  @Test
  void lengthThatIsNoMultipleOfAStep_losesNoAttempt() {
    SubscriptionAttempt[] attempts =
        IntStream.range(0, 200)
            .mapToObj(place -> attempt(7L * place, 200))
            .toArray(SubscriptionAttempt[]::new);
    StatusHistory history = history(attempts);

    assertThat(history.total(StatusClass.ALL)).isEqualTo(200);
    assertThat(places(history)).hasSize(40);
    assertThat(history.from()).isBeforeOrEqualTo(NOW.minusSeconds(7 * 199));
  }

  @Test
  void attemptWithoutEnd_countsWhenItStarted() {
    var attempt =
        new SubscriptionAttempt(
            "a", "t", 1, "w", NOW.minusSeconds(80), "failed", null, null, null, response(500));

    assertThat(StatusHistory.of(List.of(attempt), NOW).from()).isEqualTo(NOW.minusSeconds(80));
  }

  @ParameterizedTest
  @CsvSource({
    "204, SUCCESS",
    "302, REDIRECTION",
    "404, CLIENT_ERROR",
    "503, SERVER_ERROR",
    "999, SERVER_ERROR",
    "101, SERVER_ERROR",
    ", NONE"
  })
  void classOfAResponse_isThatOfTheService(@Nullable Integer status, StatusClass expected) {
    assertThat(StatusClass.of(response(status))).isEqualTo(expected);
    assertThat(StatusClass.single()).contains(expected);
  }

  @Test
  void text_saysTheNumbers() {
    StatusHistory many = history(attempt(400, 204), attempt(1, 503), attempt(1, response(null)));

    assertThat(WebhookTexts.statusCodes(many, Instant::toString))
        .isEqualTo(
            "Status codes of the newest 3 attempts from 2026-03-14T09:23:20Z to"
                + " 2026-03-14T09:30:00Z: 2xx 1, 3xx 0, 4xx 0, 5xx 1, no response 1.");
    assertThat(WebhookTexts.statusCodes(history(attempt(9, 204)), _ -> "t"))
        .startsWith("Status codes of 1 attempt from t to t: 2xx 1,");
  }
}

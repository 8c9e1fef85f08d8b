package dev.sluice.adapter.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.webhook.ResponseAction.Completed;
import dev.sluice.adapter.webhook.ResponseAction.Disable;
import dev.sluice.adapter.webhook.ResponseAction.NotSent;
import dev.sluice.adapter.webhook.ResponseAction.Pacing;
import dev.sluice.adapter.webhook.ResponseAction.Permanent;
import dev.sluice.adapter.webhook.ResponseAction.Retry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every row of the table of responses.
final class ResponseMeaningTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration OWN_DELAY = Duration.ofSeconds(10);
  private static final ResponseRules RULES = new ResponseRules(OWN_DELAY, ResponseRules.PERMANENT);
  private static final SendTimes TIMES =
      new SendTimes(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Duration.ZERO);

  private static ResponseAction responded(int status, Map<String, String> headers) {
    return ResponseMeaning.of(
        new SendResult.Responded(status, headers, ResponseBody.EMPTY, TIMES), RULES, NOW);
  }

  private static ResponseAction responded(int status) {
    return responded(status, Map.of());
  }

  private static ResponseAction failed(FailureKind kind) {
    return ResponseMeaning.of(new SendResult.Failed(kind, "why", TIMES), RULES, NOW);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204, 206, 226, 299})
  void success_completes(int status) {
    assertThat(responded(status)).isEqualTo(new Completed());
    assertThat(responded(status, Map.of("webhook-delivery", "disable"))).isEqualTo(new Completed());
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        101, 300, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 405, 408, 409, 418, 422, 425,
        500, 505, 507, 511, 599, 600, 999
      })
  void otherFailure_isRetriedByOwnSchedule(int status) {
    assertThat(responded(status))
        .isInstanceOfSatisfying(
            Retry.class,
            retry -> {
              assertThat(retry.notBefore()).isZero();
              assertThat(retry.pacing()).isEqualTo(Pacing.NONE);
              assertThat(retry.reason()).contains(String.valueOf(status));
            });
  }

  @Test
  void redirect_namesItsTarget() {
    assertThat(responded(302, Map.of("location", "https://new.test/in")))
        .isEqualTo(
            new Retry(
                "The receiver responded with 302 and points to https://new.test/in; redirects are not"
                    + " followed.",
                Duration.ZERO,
                Pacing.NONE));
  }

  @ParameterizedTest
  @ValueSource(ints = {406, 413, 415, 501})
  void sameBytesWillNotFitLater_isPermanent(int status) {
    assertThat(responded(status))
        .isEqualTo(new Permanent("The receiver responded with " + status + ".", false));
  }

  @Test
  void permanentStatuses_areTheSubscriptions() {
    var rules = new ResponseRules(OWN_DELAY, Set.of(422));
    var unprocessable = new SendResult.Responded(422, Map.of(), ResponseBody.EMPTY, TIMES);
    var tooLarge = new SendResult.Responded(413, Map.of(), ResponseBody.EMPTY, TIMES);

    assertThat(ResponseMeaning.of(unprocessable, rules, NOW)).isInstanceOf(Permanent.class);
    assertThat(ResponseMeaning.of(tooLarge, rules, NOW)).isInstanceOf(Retry.class);
  }

  @Test
  void gone_disables() {
    assertThat(responded(410)).isInstanceOf(Disable.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "429|1|PT10S|PT1S",
        "429|300|PT5M|PT5M",
        "429|86400|PT1H|PT1H",
        "503|30|PT30S|PT30S",
        "503|0|PT10S|PT0S",
        "503|Sun, 01 Mar 2026 12:02:00 GMT|PT2M|PT2M",
      })
  void retryAfter_pausesTheSubscription(int status, String value, Duration wait, Duration pause) {
    assertThat(responded(status, Map.of("retry-after", value)))
        .isEqualTo(
            new Retry("The receiver responded with " + status + ".", wait, Pacing.PAUSE, pause));
  }

  /// A delivery at its eighth attempt waits for most of a day; the others do not.
  @Test
  void retryAfterOfAnOldDelivery_pausesTheOthersOnlyAsLongAsItSays() {
    var rules = new ResponseRules(Duration.ofHours(20), Set.of());
    var busy = new SendResult.Responded(503, Map.of("retry-after", "5"), ResponseBody.EMPTY, TIMES);

    assertThat(ResponseMeaning.of(busy, rules, NOW))
        .isEqualTo(
            new Retry(
                "The receiver responded with 503.",
                Duration.ofHours(20),
                Pacing.PAUSE,
                Duration.ofSeconds(5)));
  }

  @ParameterizedTest
  @CsvSource({"429, PT1M", "502, PT0S", "503, PT0S", "504, PT0S"})
  void overloadWithoutRetryAfter_slowsDown(int status, Duration floor) {
    assertThat(responded(status))
        .isEqualTo(
            new Retry("The receiver responded with " + status + ".", floor, Pacing.SLOW_DOWN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1e9", "99999999", "soon", "Sun, 01 Mar 2020 12:00:00 GMT"})
  void absurdRetryAfter_countsAsNone(String value) {
    assertThat(responded(503, Map.of("retry-after", value))).isEqualTo(responded(503));
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 429, 500, 503})
  void directiveOfReceiver_isHonoured(int status) {
    assertThat(responded(status, Map.of("webhook-delivery", "disable")))
        .isInstanceOf(Disable.class);
    assertThat(responded(status, Map.of("webhook-delivery", " Abort-Message ")))
        .isInstanceOf(Permanent.class);
    assertThat(responded(status, Map.of("webhook-delivery", "other"))).isInstanceOf(Retry.class);
  }

  @Test
  void timeout_isRetriedWithFewerAtOnce() {
    assertThat(failed(FailureKind.TIMEOUT))
        .isEqualTo(new Retry("why", Duration.ZERO, Pacing.SLOW_DOWN));
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"TIMEOUT", "REFUSED_ADDRESS", "NO_CONNECTION"})
  void noResponse_isRetried(FailureKind kind) {
    assertThat(failed(kind)).isEqualTo(new Retry("why", Duration.ZERO, Pacing.NONE));
  }

  @Test
  void connectionsThatOthersUse_countAsNoAttempt() {
    assertThat(failed(FailureKind.NO_CONNECTION)).isEqualTo(new NotSent("why"));
  }

  @Test
  void refusedAddress_isPermanentAndMarksSubscription() {
    assertThat(failed(FailureKind.REFUSED_ADDRESS)).isEqualTo(new Permanent("why", true));
  }
}

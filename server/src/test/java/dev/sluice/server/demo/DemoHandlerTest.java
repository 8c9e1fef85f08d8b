package dev.sluice.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.contract.Events;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.port.AttemptContext;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.SubscriptionName;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DemoHandlerTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "null",
        "true",
        "\"\\\"fail\\\":true\"",
        "[]",
        "[{\"fail\":true}]",
        "{}",
        "{\"n\":1}",
        "{\"fail\":false}",
        "{\"fail\":null}",
        "{\"fail\":\"true\"}",
        "{\"fail\":1}",
        "{\"fail\":{\"fail\":true}}",
        "{\"order\":{\"fail\":true,\"fail_times\":9}}",
        "{\"list\":[{\"fail\":true}],\"n\":1}",
        "{\"fail_times\":0}",
        "{\"fail_times\":-1}",
        "{\"fail_times\":1.5}",
        "{\"fail_times\":\"3\"}",
        "{\"fail_times\":[3]}",
        "{\"failure\":true}",
        "{\"fail_times\":-4294967291}",
        "{\"a\":\"fail\"}"
      })
  void payloadWithoutTheWish_succeeds(String json) throws Exception {
    assertThat(attempt(json, 1)).isEqualTo(Outcome.SUCCEEDED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"n":1}           | Does nothing
          {"fail":true}     | Fails each attempt
          {"fail_times":3}  | Fails this many attempts, because the payload asks for it: 3.
          """)
  void preview_saysWhatThePayloadAsksFor(String json, String sentence) {
    var handler = new DemoHandler(Duration.ZERO, true);

    assertThat(handler.preview(Events.withPayload(Events.event("e"), json), context(1)).sentence())
        .startsWith(sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"fail\":true}",
        "{ \"n\" : [1,{\"a\":2}] , \"fail\" : true }",
        "{\"order\":{\"fail\":false},\"fail\":true}",
        "{\"fail_times\":0,\"fail\":true}"
      })
  void fail_failsEveryAttempt(String json) throws Exception {
    assertThat(attempt(json, 1)).isInstanceOf(Outcome.Failed.class);
    assertThat(attempt(json, 1_000)).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void failTimes_failsTheFirstAttempts() throws Exception {
    assertThat(attempt("{\"fail_times\":2}", 2)).isInstanceOf(Outcome.Failed.class);
    assertThat(attempt("{\"fail_times\":2}", 3)).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void failTimes_countsFromTheLastReplay() throws Exception {
    AttemptContext secondRound = context(7, 1);

    Outcome outcome =
        new DemoHandler(Duration.ZERO, true)
            .handle(Events.withPayload(Events.event("e"), "{\"fail_times\":1}"), secondRound);

    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2147483648", "4294967296", "18446744073709551616"})
  void hugeFailTimes_failsEveryAttempt(String times) throws Exception {
    assertThat(attempt("{\"fail_times\":" + times + "}", 1_000)).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void failTimesOfHundredsOfDigits_failsEveryAttempt() throws Exception {
    assertThat(attempt("{\"fail_times\":" + "9".repeat(500) + "}", 1_000))
        .isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void failure_canBeRetriedAndSaysWhy() throws Exception {
    assertThat(attempt("{\"fail\":true}", 1))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.isRetryable()).isTrue();
              assertThat(failed.cause().error()).isEqualTo("DemoFailure");
              assertThat(failed.cause().message()).contains("asked to fail");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"fail\":true}", "{\"fail_times\":3}"})
  void payloadThatIsNoWish_succeeds(String json) throws Exception {
    var handler = new DemoHandler(Duration.ZERO, false);

    assertThat(handler.handle(Events.withPayload(Events.event("e"), json), context(1)))
        .isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void delay_isWaitedFor() throws Exception {
    var delay = Duration.ofMillis(30);
    long begin = System.nanoTime();

    new DemoHandler(delay, true).handle(Events.event("e"), context(1));

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(delay);
  }

  @Test
  void delay_canBeInterrupted() {
    var handler = new DemoHandler(Duration.ofHours(1), true);
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> handler.handle(Events.event("e"), context(1)));
  }

  private static Outcome attempt(String json, int number) throws IOException, InterruptedException {
    return new DemoHandler(Duration.ZERO, true)
        .handle(Events.withPayload(Events.event("e"), json), context(number));
  }

  private static AttemptContext context(int number) {
    return context(number, number);
  }

  private static AttemptContext context(int number, int sinceReplay) {
    var timeout = Duration.ofSeconds(30);
    return new AttemptContext(
        SubscriptionName.DEFAULT,
        new Destination.Demo(),
        number,
        sinceReplay,
        SettableClock.START.plus(timeout),
        timeout,
        Duration.ZERO);
  }
}

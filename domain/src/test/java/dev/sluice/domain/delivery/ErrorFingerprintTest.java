package dev.sluice.domain.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.subscription.SubscriptionName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ErrorFingerprintTest {

  private static ErrorFingerprint of(String subscription, String error, String message) {
    return ErrorFingerprint.of(
        new SubscriptionName(subscription),
        new FailureCause(FailureCause.Kind.HANDLER, error, message));
  }

  private static String pattern(String message) {
    return ErrorFingerprint.patternOf(new FailureCause(FailureCause.Kind.HANDLER, "E", message));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '^',
      delimiter = '|',
      value = {
        "order 4711 not found | order <n> not found",
        "took 1.5 ms, 20% over | took <n> ms, <n> over",
        "at 2026-11-21T10:00:00Z | at <n>",
        "no row 0190a6c2-3f5e-7cc0-8a2b-1f2e3d4c5b6a. | no row <id>.",
        "object 0xdeadbeef99 gone | object <id> gone",
        "cannot reach db1.local:5432! | cannot reach <address>!",
        "10.0.0.7 refused [10.0.0.8:80] | <address> refused [<address>]",
        "fe80::1:2 is away | <address> is away",
        "GET https://api.test/v1/x?a=1 failed | GET <address> failed",
        "mail to ann@example.com bounced | mail to <address> bounced",
        "missing 'customer 17' and \"x y\" | missing <text> and <text>",
        "can't do that, don't ask | can't do that, don't ask",
        "file /var/tmp/a-1.txt is gone | file <address> is gone",
        "worker-17 died in step2b | worker-<n> died in step<n>b",
        "receiver said no | receiver said no",
      })
  void pattern_leavesOutWhatDiffers(String message, String expected) {
    assertThat(pattern(message)).isEqualTo(expected);
  }

  @Test
  void unclosedQuote_isTakenAsItStands() {
    assertThat(pattern("say 'hello")).isEqualTo("say 'hello");
  }

  @Test
  void emptyMessage_hasAnEmptyPattern() {
    assertThat(pattern("")).isEmpty();
  }

  @Test
  void likeFailures_haveTheSameFingerprint() {
    assertThat(of("a", "NotFound", "order 1 not found"))
        .isEqualTo(of("a", "NotFound", "order 22 not found"));
  }

  @Test
  void everyPart_tellsFailuresApart() {
    ErrorFingerprint one = of("ab", "c", "message");

    assertThat(of("a", "bc", "message")).isNotEqualTo(one);
    assertThat(of("ab", "d", "message")).isNotEqualTo(one);
    assertThat(of("ab", "c", "other")).isNotEqualTo(one);
    assertThat(
            ErrorFingerprint.of(
                new SubscriptionName("ab"),
                new FailureCause(FailureCause.Kind.TIMEOUT, "c", "message")))
        .isNotEqualTo(one);
  }

  /// Fingerprints are stored: another value for the same failure would split its group.
  @Test
  void fingerprint_staysTheSameForEver() {
    assertThat(of("default", "NotFound", "order 1")).hasToString("1fbc6f47098008d7");
  }

  @Test
  void text_isReadBack() {
    ErrorFingerprint fingerprint = of("default", "NotFound", "order 1");

    assertThat(ErrorFingerprint.parse(fingerprint.toString())).contains(fingerprint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "0123456789ABCDEF", "0123456789abcdeg", "0123456789abcdef0"})
  void otherTexts_areNone(String text) {
    assertThat(ErrorFingerprint.parse(text)).isEmpty();
  }
}

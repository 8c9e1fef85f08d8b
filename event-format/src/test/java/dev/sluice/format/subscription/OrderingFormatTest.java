package dev.sluice.format.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.subscription.Ordering;
import dev.sluice.domain.subscription.Ordering.OnFailure;
import dev.sluice.domain.subscription.RetryPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The member `ordering` of a subscription.
final class OrderingFormatTest {

  private static final RetryPolicy DEFAULTS =
      new RetryPolicy(7, Duration.ofSeconds(2), 3, Duration.ofMinutes(9), Duration.ofDays(1));

  private static ReadSubscription read(String ordering) {
    return SubscriptionFormat.read(
        "{\"types\":[\"*\"],\"destination\":{\"kind\":\"demo\"},\"ordering\":" + ordering + "}",
        DEFAULTS);
  }

  @Test
  void deadLetter_letsTheNextContinueUnlessItSaysOtherwise() {
    assertThat(read("{\"by\":\"key\"}"))
        .isInstanceOfSatisfying(
            ReadSubscription.Valid.class,
            valid ->
                assertThat(valid.definition().policy().ordering())
                    .contains(new Ordering(OnFailure.CONTINUE)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                        | /ordering/by",
        "{\"by\":\"type\"}                         | /ordering/by",
        "{\"by\":1}                                | /ordering/by",
        "{\"by\":\"key\",\"on_failure\":\"stop\"}  | /ordering/on_failure",
        "{\"by\":\"key\",\"on_failure\":\"BLOCK\"} | /ordering/on_failure",
        "{\"by\":\"key\",\"on_failure\":null}      | /ordering/on_failure",
        "{\"by\":\"key\",\"max\":1}                | /ordering/max",
        "\"key\"                                   | /ordering"
      })
  void whatIsNoOrdering_isNamed(String ordering, String pointer) {
    assertThat(read(ordering))
        .isInstanceOfSatisfying(
            ReadSubscription.Invalid.class,
            invalid ->
                assertThat(invalid.problems())
                    .singleElement()
                    .extracting("name")
                    .isEqualTo(pointer));
  }
}

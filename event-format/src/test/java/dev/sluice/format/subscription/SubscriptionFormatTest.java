package dev.sluice.format.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.domain.subscription.DeliveryPolicy;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.EventPattern;
import dev.sluice.domain.subscription.Ordering;
import dev.sluice.domain.subscription.RateLimit;
import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.TypePattern;
import dev.sluice.format.FieldProblem;
import dev.sluice.format.JsonCursor;
import dev.sluice.format.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is written is read again, in the words of the API.
final class SubscriptionFormatTest {

  private static final RetryPolicy DEFAULTS =
      new RetryPolicy(7, Duration.ofSeconds(2), 3, Duration.ofMinutes(9), Duration.ofDays(1));

  private static final String FULL =
      """
      {"description":"for billing","types":["order.*","invoice.paid"],\
      "filter":{ "payload" : {"amount":[{"numeric":[">",100]}]} },"destination":{"kind":"log"},\
      "retry":{"max_retries":10,"base":"1s","factor":2,"cap":"1h","max_age":"3d"},\
      "timeout":"15s","concurrency":20,"rate":{"per_second":50,"burst":100},\
      "delay":"10m","ordering":{"by":"key","on_failure":"block"}}\
      """;

  private static SubscriptionDefinition read(String text) {
    return switch (SubscriptionFormat.read(text, DEFAULTS)) {
      case ReadSubscription.Valid(SubscriptionDefinition definition) -> definition;
      case ReadSubscription.Invalid(List<FieldProblem> problems) ->
          throw new AssertionError(problems);
    };
  }

  @Test
  void everyMember_hasItsPlace() {
    SubscriptionDefinition definition = read(FULL);

    assertThat(definition)
        .isEqualTo(
            new SubscriptionDefinition(
                "for billing",
                List.of(new TypePattern("order.*"), new TypePattern("invoice.paid")),
                Optional.of(
                    new EventPattern("{ \"payload\" : {\"amount\":[{\"numeric\":[\">\",100]}]} }")),
                new Destination.Log(),
                new DeliveryPolicy(
                    Optional.of(
                        new RetryPolicy(
                            10, Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofDays(3))),
                    Optional.of(Duration.ofSeconds(15)),
                    Optional.of(20),
                    Optional.of(new RateLimit(50, 100)),
                    Optional.of(Duration.ofMinutes(10)),
                    Optional.of(new Ordering(Ordering.OnFailure.BLOCK)))));
    assertThat(SubscriptionFormat.write(definition)).isEqualTo(FULL);
  }

  @Test
  void whatIsAbsent_followsTheConfiguration() {
    String text = "{\"types\":[\"*\"],\"destination\":{\"kind\":\"demo\"}}";

    SubscriptionDefinition definition = read(text);

    assertThat(definition)
        .isEqualTo(SubscriptionDefinition.of(List.of(TypePattern.ANY), new Destination.Demo()));
    assertThat(SubscriptionFormat.write(definition)).isEqualTo(text);
  }

  @Test
  void absentMembersOfARetryPolicy_followTheConfiguration() {
    String text = "{\"types\":[\"*\"],\"destination\":{\"kind\":\"demo\"},\"retry\":%s}";

    assertThat(read(text.formatted("{}")).policy().retry()).contains(DEFAULTS);
    assertThat(read(text.formatted("{\"max_retries\":0}")).policy().retry())
        .contains(new RetryPolicy(0, DEFAULTS.base(), 3, DEFAULTS.cap(), DEFAULTS.maxAge()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.1;1", "1;1", "1.5;2", "1000000;1000000"})
  void burst_isThatOfASecondUnlessGiven(String rateAndBurst) {
    String[] parts = rateAndBurst.split(";", 2);
    SubscriptionDefinition definition =
        read(
            "{\"types\":[\"*\"],\"destination\":{\"kind\":\"demo\"},\"rate\":{\"per_second\":"
                + parts[0]
                + "}}");

    assertThat(definition.policy().rate().orElseThrow().burst())
        .isEqualTo(Integer.parseInt(parts[1]));
  }

  @Test
  void otherMembers_areForTheCaller() {
    String text =
        "{\"name\":\"mail\",\"types\":[\"*\"],\"destination\":{\"kind\":\"log\"},\"x\":1}";
    JsonCursor json = JsonCursor.document(text.getBytes(StandardCharsets.UTF_8));
    List<String> names = new ArrayList<>();

    ReadSubscription read =
        SubscriptionFormat.read(
            json, "/subscriptions/3", DEFAULTS, name -> readName(json, name, names));

    assertThat(names).containsExactly("mail");
    assertThat(read)
        .isEqualTo(
            new ReadSubscription.Invalid(
                List.of(
                    new FieldProblem(
                        "/subscriptions/3/x",
                        "is unknown; known are concurrency, delay, description, destination,"
                            + " filter, ordering, rate, retry, timeout, types"))));
  }

  private static boolean readName(JsonCursor json, String name, List<String> names) {
    return name.equals("name") && names.add(json.string());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "{} {}", "{\"types\":[,]}", "\uFEFF{}"})
  void whatIsNotJson_isMalformed(String text) {
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> SubscriptionFormat.read(text, DEFAULTS));
  }

  @Provide
  Arbitrary<DeliveryPolicy> policies() {
    return Combinators.combine(
            retries().optional(),
            millis(Duration.ofHours(1)).filter(Duration::isPositive).optional(),
            Arbitraries.integers().between(1, 100_000).optional(),
            rates().optional())
        .as(DeliveryPolicy::new);
  }

  private static Arbitrary<RetryPolicy> retries() {
    Duration most = Duration.ofDays(30);
    return Combinators.combine(
            Arbitraries.integers().between(0, 1_000),
            millis(most.dividedBy(2)),
            Arbitraries.doubles().ofScale(12).between(1, 10),
            millis(most.dividedBy(2)),
            millis(Duration.ofDays(36_500)))
        .as(
            (number, base, factor, more, age) ->
                new RetryPolicy(number, base, factor, base.plus(more), age));
  }

  private static Arbitrary<RateLimit> rates() {
    return Combinators.combine(
            Arbitraries.doubles().ofScale(6).between(0.001, 1_000_000),
            Arbitraries.integers().between(1, 1_000_000))
        .as(RateLimit::new);
  }

  private static Arbitrary<Duration> millis(Duration most) {
    return Arbitraries.longs().between(0, most.toMillis()).map(Duration::ofMillis);
  }

  @Property
  void whatIsWritten_isReadAgain(@ForAll("policies") DeliveryPolicy policy) {
    var definition =
        new SubscriptionDefinition(
            "é \"quoted\" \uD83D\uDE80",
            List.of(new TypePattern("a\\b*")),
            Optional.of(new EventPattern("{\"k\": [\"\\ud83d\"]}")),
            new Destination.Demo(),
            policy);

    assertThat(read(SubscriptionFormat.write(definition))).isEqualTo(definition);
  }
}

package dev.sluice.admin.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.api.Filter;
import dev.sluice.admin.api.Status;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventQueryTest {

  private static final Instant NOW = Instant.parse("2026-03-14T09:30:00Z");
  private static final TypeNames TYPES =
      TypeNames.of(List.of("order.paid", "order.created", "invoice.sent"));

  private static Filter filter(String text) {
    EventQuery query = EventQuery.parse(text);
    assertThat(query.mistakes()).isEmpty();
    return query.filter(NOW, TYPES);
  }

  @Test
  void wholeQuery_becomesAFilter() {
    Filter filter =
        filter(
            "status:failed,retrying type:order.* age:<1h text:\"47 11\" key:a sub:default attempts:3..");

    assertThat(filter.statuses()).containsExactly(Status.FAILED, Status.RETRYING);
    assertThat(filter.types()).containsExactly("order.created", "order.paid");
    assertThat(filter.start()).contains(NOW.minusSeconds(3_600));
    assertThat(filter.end()).isEmpty();
    assertThat(filter.text()).contains("47 11");
    assertThat(filter.keys()).containsExactly("a");
    assertThat(filter.subscriptions()).containsExactly("default");
    assertThat(filter.attempts()).contains("3..");
  }

  @Test
  void ageBesideATime_narrowsAndNeverWidens() {
    assertThat(filter("since:2020-01-01T00:00:00Z age:<1h").start())
        .contains(NOW.minusSeconds(3_600));
    assertThat(filter("until:2030-01-01T00:00:00Z age:>1h").end())
        .contains(NOW.minusSeconds(3_600));
  }

  @Test
  void emptyQuery_choosesAll() {
    assertThat(filter("  ").isAll()).isTrue();
    assertThat(EventQuery.parse("").isAll()).isTrue();
  }

  @Test
  void patternThatFitsNothingKnown_neverBecomesEverything() {
    assertThat(filter("type:nothing.*").types()).containsExactly("nothing.*");
  }

  @ParameterizedTest
  @CsvSource({
    "age:<5m, 2026-03-14T09:25:00Z, ",
    "age:5m, 2026-03-14T09:25:00Z, ",
    "age:>1d, , 2026-03-13T09:30:00Z",
    "age:1h..2h, 2026-03-14T07:30:00Z, 2026-03-14T08:30:00Z",
    "since:2026-03-01T00:00:00Z, 2026-03-01T00:00:00Z, ",
    "until:2026-03-01T00:00:00Z, , 2026-03-01T00:00:00Z",
  })
  void times_boundTheFilter(String text, Instant start, Instant end) {
    assertThat(filter(text).start().orElse(null)).isEqualTo(start);
    assertThat(filter(text).end().orElse(null)).isEqualTo(end);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "failed",
        "status:dead",
        "colour:red",
        "age:soon",
        "age:2h..1h",
        "attempts:many",
        "error:xyz",
        "since:yesterday",
        "text:a text:b",
        "key:",
        "type:a,,b"
      })
  void whatIsNotUnderstood_isNamed(String text) {
    assertThat(EventQuery.parse(text).mistakes()).hasSize(1);
  }

  @Test
  void loneWord_isAskedBack() {
    assertThat(EventQuery.parse("order-7").mistakes())
        .containsExactly("“order-7” has no field: use id:order-7 or text:order-7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status:failed type:order.* age:<1h",
        "text:\"a b\"",
        "text:\"a\\\"b\\\\c\"",
        "key:\"a,b\" key:c",
        "id:order:7"
      })
  void text_comesBackAsItWasTyped(String text) {
    assertThat(EventQuery.parse(text)).hasToString(text);
  }

  @Test
  void anyTexts_areReadWithoutHarm_andWhatIsUnderstoodIsStable() {
    var random = new SplittableRandom(11);
    String signs = "ab:\",\\ *<>.{}status:keytextid\t";
    IntStream.range(0, 20_000)
        .forEach(
            _ -> {
              var text = new StringBuilder();
              for (int length = random.nextInt(24); length > 0; length--) {
                text.append(signs.charAt(random.nextInt(signs.length())));
              }
              EventQuery once = EventQuery.parse(text.toString());
              assertThat(EventQuery.parse(once.toString()).terms()).isEqualTo(once.terms());
            });
  }

  @Test
  void term_canBeTakenAway() {
    EventQuery query = EventQuery.parse("status:failed key:a");

    assertThat(query.without(new Term(Field.STATUS, "failed"))).hasToString("key:a");
  }
}

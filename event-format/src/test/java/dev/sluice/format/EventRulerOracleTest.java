package dev.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.filter.Filter;
import dev.sluice.format.RandomFilterCases.Case;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.event.ruler.Machine;

/// Filters decide as the engine of EventBridge does.
final class EventRulerOracleTest {

  private static final int CASES = 100_000;
  private static final long SEED = 20_261_129;

  private int compared;
  private int matches;

  @Test
  void randomPatterns_decideAsEventRulerDoes() throws Exception {
    var cases = new RandomFilterCases(SEED);
    while (compared < CASES) {
      Case next = cases.next();
      switch (PatternReader.read(next.pattern())) {
        case ReadFilter.Valid(Filter filter) -> compare(next, filter);
        case ReadFilter.Invalid(List<FieldProblem> problems) -> isOfOurRules(problems);
      }
    }
    assertThat(matches).isBetween(CASES / 20, CASES * 19 / 20);
  }

  /// As `Ruler.matchesRule` does, but with one machine for all payloads: it takes long to make.
  private void compare(Case next, Filter filter) throws Exception {
    Machine machine = Machine.builder().build();
    machine.addRule("rule", next.pattern());
    for (String payload : next.payloads()) {
      String event = "{\"type\":\"t\",\"payload\":" + payload + "}";
      boolean expected = !machine.rulesForJSONEvent(event).isEmpty();
      assertThat(filter.matches(SampleEvent.of(payload, filter)))
          .as("%s of %s", next.pattern(), payload)
          .isEqualTo(expected);
      compared++;
      matches += expected ? 1 : 0;
    }
  }

  /// Event-ruler takes the last of two conditions on one field in a combination, and knows no
  /// limit; we refuse both.
  private static void isOfOurRules(List<FieldProblem> problems) {
    assertThat(problems)
        .extracting(FieldProblem::detail)
        .allSatisfy(detail -> assertThat(detail).matches("is a second condition on .*|.*\\$or.*"));
  }
}

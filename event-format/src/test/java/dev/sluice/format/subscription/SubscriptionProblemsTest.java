package dev.sluice.format.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.format.FieldProblem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a definition must not contain, and where the problem is.
final class SubscriptionProblemsTest {

  private static final String REST = "\"types\":[\"*\"],\"destination\":{\"kind\":\"log\"}";

  private static List<FieldProblem> problems(String text) {
    return SubscriptionFormat.read(text, RetryPolicy.DEFAULT)
            instanceof ReadSubscription.Invalid(List<FieldProblem> problems)
        ? problems
        : List.of();
  }

  private static List<String> pointers(String text) {
    return problems(text).stream().map(FieldProblem::name).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "/description       | `description`: 1",
        "/description       | `description`: `a\\nb`",
        "/filter            | `filter`: `x`",
        "/filter            | `filter`: [`x`]",
        "/filter            | `filter`: null",
        "/retry             | `retry`: 3",
        "/retry/tries       | `retry`: {`tries`: 3}",
        "/retry/max_retries | `retry`: {`max_retries`: -1}",
        "/retry/max_retries | `retry`: {`max_retries`: 1.5}",
        "/retry/max_retries | `retry`: {`max_retries`: 1001}",
        "/retry/max_retries | `retry`: {`max_retries`: `3`}",
        "/retry/max_retries | `retry`: {`max_retries`: 1e99999999999}",
        "/retry/base        | `retry`: {`base`: 1}",
        "/retry/base        | `retry`: {`base`: `1 s`}",
        "/retry/base        | `retry`: {`base`: `31d`}",
        "/retry/factor      | `retry`: {`factor`: 0.9}",
        "/retry/factor      | `retry`: {`factor`: 10.5}",
        "/retry/factor      | `retry`: {`factor`: `2`}",
        "/retry/cap         | `retry`: {`base`: `10m`}",
        "/retry/cap         | `retry`: {`cap`: `1ms`}",
        "/retry/max_age     | `retry`: {`max_age`: `36501d`}",
        "/timeout           | `timeout`: `0s`",
        "/timeout           | `timeout`: `61m`",
        "/timeout           | `timeout`: 15",
        "/concurrency       | `concurrency`: 0",
        "/concurrency       | `concurrency`: 100001",
        "/concurrency       | `concurrency`: true",
        "/rate              | `rate`: 50",
        "/rate/per_second   | `rate`: {}",
        "/rate/per_second   | `rate`: {`burst`: 3}",
        "/rate/per_second   | `rate`: {`per_second`: 0}",
        "/rate/per_second   | `rate`: {`per_second`: 1000001}",
        "/rate/burst        | `rate`: {`per_second`: 1, `burst`: 0}",
        "/priority          | `priority`: {`by`: `age`}",
        "/a~1b              | `a/b`: 1",
        "/types             | `types`: [`a`]"
      })
  void wrongMember_isNamed(String pointer, String member) {
    String text = "{" + REST + "," + member.replace('`', '"') + "}";

    assertThat(pointers(text)).containsExactly(pointer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "/types            | `types`: []",
        "/types            | `types`: `*`",
        "/types/1          | `types`: [`a`, 1]",
        "/types/0          | `types`: [``]",
        "/types/0          | `types`: [`a\\u0000`]",
        "/types/0          | `types`: [`\\ud83d`]",
        "/types            | `description`: `x`"
      })
  void wrongTypes_areNamed(String pointer, String member) {
    String text = "{\"destination\":{\"kind\":\"log\"}," + member.replace('`', '"') + "}";

    assertThat(pointers(text)).containsExactly(pointer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "/destination          | `destination`: `log`",
        "/destination/kind     | `destination`: {}",
        "/destination/kind     | `destination`: {`kind`: `pigeon`}",
        "/destination/kind     | `destination`: {`kind`: 1}",
        "/destination/url      | `destination`: {`kind`: `log`, `url`: `x`}",
        "/destination          | `description`: `x`"
      })
  void wrongDestination_isNamed(String pointer, String member) {
    assertThat(pointers("{\"types\":[\"*\"]," + member.replace('`', '"') + "}"))
        .containsExactly(pointer);
  }

  @Test
  void allProblems_areReportedTogether() {
    assertThat(pointers("{\"timeout\":1,\"retry\":{\"factor\":0,\"base\":2},\"nmae\":\"x\"}"))
        .containsExactlyInAnyOrder(
            "/timeout", "/retry/factor", "/retry/base", "/nmae", "/types", "/destination");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "null", "\"x\""})
  void whatIsNoObject_isOneProblem(String text) {
    assertThat(problems(text)).containsExactly(new FieldProblem("", "must be an object"));
  }

  @Test
  void tooMuch_isRefused() {
    String types = "\"a\",".repeat(100) + "\"a\"";
    String filter = "{\"type\":[\"" + "x".repeat(4_096) + "\"]}";

    assertThat(pointers("{\"types\":[" + types + "],\"destination\":{\"kind\":\"log\"}}"))
        .containsExactly("/types");
    assertThat(pointers("{" + REST + ",\"filter\":" + filter + "}")).containsExactly("/filter");
    assertThat(pointers("{" + REST + ",\"description\":\"" + "x".repeat(501) + "\"}"))
        .containsExactly("/description");
    assertThat(
            pointers(
                "{\"types\":[\"" + "x".repeat(256) + "\"],\"destination\":{\"kind\":\"log\"}}"))
        .containsExactly("/types/0");
  }

  @Test
  void problems_areLimited() {
    String types = "1,".repeat(50) + "1";

    assertThat(problems("{\"types\":[" + types + "],\"destination\":{\"kind\":\"log\"}}"))
        .hasSize(20);
  }

  @Test
  void problem_saysWhatToWrite() {
    assertThat(problems("{" + REST + ",\"timeout\":\"2h\"}"))
        .containsExactly(
            new FieldProblem(
                "/timeout",
                "must be a duration from 1ms to 1h, such as \"250ms\", \"30s\" or \"12h\""));
    assertThat(problems("{" + REST + ",\"retry\":{\"base\":\"1m\",\"cap\":\"1s\"}}"))
        .containsExactly(
            new FieldProblem("/retry/cap", "must be at least base: 1s is less than 1m"));
  }
}

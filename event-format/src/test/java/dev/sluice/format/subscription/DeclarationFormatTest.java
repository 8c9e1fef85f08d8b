package dev.sluice.format.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.domain.subscription.DeclaredSubscription;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.Subscription.Origin;
import dev.sluice.format.FieldProblem;
import dev.sluice.format.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files that declare subscriptions, as JSON.
final class DeclarationFormatTest {

  private static final String LOG = "\"types\":[\"*\"],\"destination\":{\"kind\":\"log\"}";

  private static ReadDeclarations read(String text) {
    return DeclarationFormat.read(
        text.getBytes(StandardCharsets.UTF_8), RetryPolicy.DEFAULT, "port"::equals);
  }

  private static List<DeclaredSubscription> declared(String text) {
    return ((ReadDeclarations.Valid) read(text)).declared();
  }

  private static List<FieldProblem> problems(String text) {
    return ((ReadDeclarations.Invalid) read(text)).problems();
  }

  @Test
  void everyDeclaration_isReadInItsOrder() {
    String text =
        "{\"port\":{\"any\":1},\"subscriptions\":[{\"name\":\"b\",LOG},{LOG,\"name\":\"a\"}]}";

    assertThat(declared(text.replace("LOG", LOG)))
        .extracting(one -> one.name().value())
        .containsExactly("b", "a");
  }

  @Test
  void whatIsWritten_isReadAgain() {
    List<DeclaredSubscription> declared =
        declared("{\"subscriptions\":[{\"name\":\"a\",\"concurrency\":5,%s}]}".formatted(LOG));
    List<Subscription> stored =
        declared.stream()
            .map(
                one ->
                    new Subscription(
                        one.name(),
                        7,
                        one.definition(),
                        Lifecycle.ACTIVE,
                        Origin.API,
                        "ann",
                        Instant.EPOCH))
            .toList();

    assertThat(declared(new String(DeclarationFormat.write(stored), StandardCharsets.UTF_8)))
        .isEqualTo(declared);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          []                                                 |                        | must be an object
          {}                                                 | /subscriptions         | is required
          {"subscriptions":{}}                               | /subscriptions         | must be an array
          {"subscriptions":[],"workers":1}                   | /workers               | is unknown
          {"subscriptions":[1]}                              | /subscriptions/0       | must be an object
          {"subscriptions":[{LOG}]}                          | /subscriptions/0/name  | is required
          {"subscriptions":[{"name":7,LOG}]}                 | /subscriptions/0/name  | must have 1 to 64
          {"subscriptions":[{"name":"A",LOG}]}               | /subscriptions/0/name  | must have 1 to 64
          {"subscriptions":[{"name":"a","name":"b",LOG}]}    | /subscriptions/0/name  | is given twice
          {"subscriptions":[{"name":"a",LOG},{"name":"a",LOG}]} | /subscriptions/1/name | see /subscriptions/0/name
          {"subscriptions":[{"name":"a","x":1,LOG}]}         | /subscriptions/0/x     | is unknown
          {"subscriptions":[{"name":"a","filter":{"payload":{"a":1}},LOG}]} | /subscriptions/0/filter/payload/a | array
          """)
  void whatIsWrong_isNamedWithItsPointer(String text, String pointer, String detail) {
    List<FieldProblem> problems = problems(text.replace("LOG", LOG));

    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().name()).isEqualTo(pointer == null ? "" : pointer);
    assertThat(problems.getFirst().detail()).contains(detail);
  }

  @Test
  void manyProblems_areLimited() {
    String text = "{\"subscriptions\":[" + "{},".repeat(500) + "{}]}";

    assertThat(problems(text)).hasSize(DeclarationFormat.MAX_PROBLEMS);
  }

  @Test
  void textAfterTheDocument_isRefused() {
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> read("{\"subscriptions\":[]} {}"));
  }
}

package dev.sluice.admin.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompletionsTest {

  private static final TypeNames TYPES =
      TypeNames.of(List.of("order.paid", "order.created", "invoice.sent"));

  private static Completions at(String text) {
    return Completions.at(text, text.length(), TYPES, List.of("default"));
  }

  private static List<String> proposed(String text) {
    return at(text).proposals().stream().map(Completions.Proposal::text).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          st                  | status:
          status:fa           | status:failed
          status:failed,ret   | status:failed,retrying
          type:or             | type:order.*;type:order.created;type:order.paid
          key:a sub:          | sub:default
          nothing             | ''
          text:a              | ''
          """)
  void wordUnderTheCaret_isCompleted(String text, String expected) {
    assertThat(String.join(";", proposed(text))).isEqualTo(expected);
  }

  @Test
  void proposal_takesThePlaceOfTheWord() {
    String text = "key:a stat type:b";
    Completions found = Completions.at(text, 10, TYPES, List.of());

    assertThat(found.accept(text, found.proposals().getFirst())).isEqualTo("key:a status: type:b");
  }

  @Test
  void emptyWord_offersAllFieldsWithTheirMeaning() {
    assertThat(at("").proposals()).hasSize(Field.values().length);
    assertThat(at("").proposals()).allSatisfy(p -> assertThat(p.meaning()).isNotEmpty());
  }
}

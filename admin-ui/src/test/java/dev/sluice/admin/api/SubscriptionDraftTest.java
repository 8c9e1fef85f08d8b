package dev.sluice.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SubscriptionDraftTest {

  private static final SubscriptionDraft RIGHT =
      SubscriptionDraft.NEW.with(DraftField.NAME, "a").with(DraftField.TYPES, "*");

  @Test
  void namesAndTypes_areRequired() {
    assertThat(SubscriptionDraft.NEW.mistakes())
        .containsOnlyKeys(DraftField.NAME, DraftField.TYPES);
    assertThat(RIGHT.mistakes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FILTER      | {          | not valid JSON
          FILTER      | [1]        | JSON object
          FILTER      | {} {}      | not valid JSON
          MAX_RETRIES | many       | whole number
          CONCURRENCY | 1.5        | whole number
          BURST       | -1         | whole number
          FACTOR      | two        | a number
          RATE        | 1e3        | a number
          """)
  void mistake_isFoundBeforeItIsSent(DraftField field, String text, String why) {
    assertThat(RIGHT.with(field, text).mistakes())
        .containsOnlyKeys(field)
        .extractingByKey(field)
        .asString()
        .contains(why);
  }

  @Test
  void emptyFields_areLeftOut() {
    assertThat(new String(RIGHT.json(Optional.empty()), StandardCharsets.UTF_8))
        .isEqualTo("{\"types\":[\"*\"],\"destination\":{\"kind\":\"log\"}}");
  }

  @Test
  void policy_isWrittenAsTyped() {
    SubscriptionDraft draft =
        RIGHT
            .with(DraftField.BASE, " 250ms ")
            .with(DraftField.FACTOR, "1.50")
            .with(DraftField.RATE, "0.5")
            .with(DraftField.BURST, "3")
            .with(DraftField.TIMEOUT, "15s");

    assertThat(new String(draft.json(Optional.empty()), StandardCharsets.UTF_8))
        .endsWith(
            "\"retry\":{\"base\":\"250ms\",\"factor\":1.50},\"timeout\":\"15s\","
                + "\"rate\":{\"per_second\":0.5,\"burst\":3}}");
  }

  @ParameterizedTest
  @CsvSource({
    "/types/3, TYPES, /3",
    "/filter/payload/a~1b, FILTER, /payload/a~1b",
    "/destination/kind, DESTINATION, /kind",
    "/retry/cap, CAP, ''",
    "/rate/per_second, RATE, ''",
  })
  void pointer_leadsToItsField(String pointer, DraftField field, String rest) {
    assertThat(DraftField.at(pointer)).contains(field);
    assertThat(field.within(pointer)).isEqualTo(rest);
  }

  @ParameterizedTest
  @CsvSource({"/retry", "/typesetting", "''"})
  void pointerToNoField_leadsNowhere(String pointer) {
    assertThat(DraftField.at(pointer)).isEmpty();
  }
}

package dev.sluice.adapter.broker.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.WorkerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class FieldsTest {

  private static final String[] PIECES = {"", "\\", "\t", "\n", "\\e", "n", "t", "\r", "ä", "😀"};

  @Test
  void texts_arePartedByTabs() {
    assertThat(Fields.join(List.of("a", "", "b c"))).isEqualTo("a\t\tb c");
    assertThat(Fields.join(List.of(""))).isEmpty();
  }

  @Test
  void tabsLineEndsAndBackslashes_areEscaped() {
    assertThat(Fields.join(List.of("a\tb", "c\nd", "e\\t"))).isEqualTo("a\\tb\tc\\nd\te\\\\t");
  }

  @Test
  void noTexts_areNoLine() {
    assertThatIllegalArgumentException().isThrownBy(() -> Fields.join(List.of()));
  }

  @Test
  void anyTexts_comeBackAsTheyWere() {
    var random = new SplittableRandom(1);
    for (int round = 0; round < 1_000; round++) {
      List<String> fields = texts(random);

      String line = Fields.join(fields);

      assertThat(Fields.split(line)).isEqualTo(fields);
      assertThat(line).doesNotContain("\n", "\r");
    }
  }

  /// Older texts contain unescaped carriage returns.
  @Test
  void attemptThatFailedWithCarriageReturns_isReadAsOne() {
    var cause = new FailureCause(FailureCause.Kind.HANDLER, "Refused", "HTTP 500\r\nsorry");
    var end = new Attempt.FailedWith(Instant.EPOCH, cause);
    String line = AttemptCodec.encode(new Attempt(1, new WorkerId("w"), Instant.EPOCH, end));

    assertThat(AttemptCodec.decode(line + "\n" + line.replace("\\r", "\r")))
        .hasSize(2)
        .allMatch(attempt -> attempt.end() instanceof Attempt.FailedWith);
  }

  private static List<String> texts(SplittableRandom random) {
    var texts = new ArrayList<String>();
    for (int number = 1 + random.nextInt(5); number > 0; number--) {
      var text = new StringBuilder();
      for (int piece = random.nextInt(5); piece > 0; piece--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      texts.add(text.toString());
    }
    return texts;
  }
}

package dev.sluice.domain.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FailureCauseTest {

  private static final int MAX = FailureCause.MAX_MESSAGE_LENGTH;
  private static final String EMOJI = "\uD83D\uDE80";

  private static String kept(String message) {
    return new FailureCause(FailureCause.Kind.HANDLER, "IOException", message).message();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 999, 1_000})
  void messageWithinTheLimit_isKept(int length) {
    assertThat(kept("x".repeat(length))).isEqualTo("x".repeat(length));
  }

  @ParameterizedTest
  @ValueSource(ints = {1_001, 50_000})
  void longerMessage_isCut(int length) {
    assertThat(kept("x".repeat(length))).isEqualTo("x".repeat(MAX));
  }

  @Test
  void cutInsideASurrogatePair_dropsThePair() {
    assertThat(kept("x".repeat(MAX - 1) + EMOJI + "y")).isEqualTo("x".repeat(MAX - 1));
  }

  @Test
  void cutBehindASurrogatePair_keepsThePair() {
    assertThat(kept("x".repeat(MAX - 2) + EMOJI + "y")).isEqualTo("x".repeat(MAX - 2) + EMOJI);
  }

  @Test
  void whatNoTextCanHold_isReplaced() {
    assertThat(kept("a\u0000b\uD83Dc\uDE80" + EMOJI)).isEqualTo("a\uFFFDb\uFFFDc\uFFFD" + EMOJI);
  }

  @Test
  void pairThatEndsAtTheLimit_isNotCut() {
    assertThat(kept("x".repeat(MAX - 2) + EMOJI)).hasSize(MAX).endsWith(EMOJI);
  }
}

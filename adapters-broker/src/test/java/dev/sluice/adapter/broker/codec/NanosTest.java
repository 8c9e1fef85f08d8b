package dev.sluice.adapter.broker.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NanosTest {

  @Test
  void times_areKeptToTheNanosecond() {
    Instant time = Instant.parse("2026-01-02T03:04:05.678901234Z");

    assertThat(Nanos.toInstant(Nanos.text(time))).isEqualTo(time);
    assertThat(Nanos.toOptional(Nanos.text(Optional.of(time)))).contains(time);
    assertThat(Nanos.toOptional(Nanos.text(Optional.empty()))).isEmpty();
  }

  @Test
  void texts_areInTheOrderOfTime() {
    assertThat(Nanos.text(Instant.EPOCH)).hasSize(Nanos.DIGITS);
    assertThat(Nanos.text(Instant.ofEpochSecond(9)))
        .isGreaterThan(Nanos.text(Instant.EPOCH))
        .isLessThan(Nanos.text(Instant.ofEpochSecond(10)));
  }

  @Test
  void timesOutOfRange_becomeItsEnds() {
    assertThat(Nanos.text(Instant.MIN)).isEqualTo(Nanos.text(Instant.EPOCH));
    assertThat(Nanos.text(Instant.MAX)).isEqualTo(Long.toString(Long.MAX_VALUE));
  }
}

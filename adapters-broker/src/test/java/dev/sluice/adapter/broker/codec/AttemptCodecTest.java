package dev.sluice.adapter.broker.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Lease;
import dev.sluice.domain.delivery.WorkerId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How ended attempts are written to histories.
final class AttemptCodecTest {

  private static final WorkerId WORKER = new WorkerId("node 1");
  private static final Instant START = Instant.EPOCH.plusSeconds(1);
  private static final Instant END = START.plusSeconds(1);
  private static final List<Attempt.End> ENDS =
      List.of(
          new Attempt.Succeeded(END),
          new Attempt.HandedBack(END),
          new Attempt.FailedWith(
              END, new FailureCause(FailureCause.Kind.HANDLER, "Refused", "a\tb\nc")));

  @Test
  void attempts_areReadBackWithTheirVersions() {
    for (Attempt.End end : ENDS) {
      var attempt = new Attempt(3, WORKER, START, end, 1_234_567_890_123L);

      assertThat(AttemptCodec.decode(AttemptCodec.encode(attempt))).containsExactly(attempt);
    }
  }

  /// Histories in Redis and in messages may be older than this release.
  @Test
  void linesOfEarlierReleases_nameNoVersion() {
    assertThat(
            AttemptCodec.decode(
                "1\tw\t0\t1\tF\tHANDLER\tRefused\tsorry\n2\tw\t0\t1\tH\t\n3\tw\t0\t1\tS\t"))
        .extracting(Attempt::number, Attempt::subscriptionVersion)
        .containsExactly(tuple(1, 0L), tuple(2, 0L), tuple(3, 0L));
  }

  @Test
  void attemptInProgress_hasNoLine() {
    Attempt begun = Attempt.begun(1, new Lease(WORKER, START, END));

    assertThatThrownBy(() -> AttemptCodec.encode(begun))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

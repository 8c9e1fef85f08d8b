package dev.sluice.admin.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.api.Fault;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BackoffTest {

  private static final Duration PERIOD = Duration.ofSeconds(2);

  private final SplittableRandom chance = new SplittableRandom(7);

  @Test
  void waits_areSpreadByAFifth() {
    var waits =
        IntStream.range(0, 1_000)
            .mapToObj(_ -> Backoff.after(new Fault.Unreachable(""), 2, PERIOD, chance).toMillis())
            .toList();

    assertThat(waits).allSatisfy(wait -> assertThat(wait).isBetween(3_200L, 4_800L));
    assertThat(waits.stream().distinct().count()).isGreaterThan(300);
  }

  @Test
  void requestToWait_isNeverShortened() {
    var busy = new Fault.Busy(503, "", Duration.ofSeconds(90));

    assertThat(IntStream.range(0, 1_000).mapToObj(_ -> Backoff.after(busy, 1, PERIOD, chance)))
        .allSatisfy(
            wait -> assertThat(wait).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(108)));
  }

  @Test
  void manyFailures_doNotOverflow() {
    assertThat(Backoff.after(new Fault.Garbage(""), Integer.MAX_VALUE, PERIOD, chance))
        .isBetween(Duration.ofSeconds(24), Duration.ofSeconds(36));
  }
}

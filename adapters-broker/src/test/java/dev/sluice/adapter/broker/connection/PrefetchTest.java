package dev.sluice.adapter.broker.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The prefetch follows how quickly deliveries are begun.
final class PrefetchTest {

  private static final Prefetch PREFETCH = Prefetch.forSlots(64);

  @Test
  void quickDeliveries_areTakenAheadInNumbers() {
    assertThat(PREFETCH.after(Duration.ZERO, 64)).isEqualTo(256);
  }

  @Test
  void waitingDeliveries_leaveTheRestToOthers() {
    assertThat(PREFETCH.after(Duration.ofMillis(1_001), 256)).isEqualTo(64);
  }

  @Test
  void inBetween_itStaysAsItIs() {
    assertThat(PREFETCH.after(Duration.ofMillis(500), 64)).isEqualTo(64);
    assertThat(PREFETCH.after(Duration.ofMillis(500), 256)).isEqualTo(256);
  }

  @Test
  void singleWorker_hasAFewReady() {
    assertThat(Prefetch.forSlots(1)).isEqualTo(new Prefetch(1, 16));
  }
}

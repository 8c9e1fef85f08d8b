package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class StallGuardTest {

  private static final long LIMIT = Duration.ofSeconds(30).toNanos();
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private final AtomicLong now = new AtomicLong();

  private boolean isOpenAfter(int seconds, int bytesPerSecond) throws IOException {
    try (SocketChannel channel = SocketChannel.open()) {
      var guard =
          new StallGuard(
              channel,
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
              "",
              RequestPermit.unshared(),
              now::get);
      guard.now(StallGuard.Phase.WRITING);
      for (int second = 0; second < seconds; second++) {
        now.addAndGet(SECOND);
        guard.wrote(bytesPerSecond);
        guard.check(now.get(), LIMIT);
      }
      return guard.isOpen();
    }
  }

  @Test
  void answerThatIsReadInDrops_endsInTime() throws IOException {
    assertThat(isOpenAfter(29, 273)).isTrue();
    assertThat(isOpenAfter(60, 273)).isFalse();
  }

  @Test
  void answerThatIsReadAtAFairRate_isSentToItsEnd() throws IOException {
    assertThat(isOpenAfter(3_600, 16 * 1024)).isTrue();
  }
}

package violation.domain.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// The domain reads the machine's clock.
public final class AsksForTime {

  final InstantSource injected = Instant::now;
  final LocalDate today = LocalDate.now(ZoneOffset.UTC);
  final Clock clock = Clock.systemUTC();
  final InstantSource source = InstantSource.system();
  final long millis = System.currentTimeMillis();
  final long nanos = System.nanoTime();

  void pause() throws InterruptedException {
    Thread.sleep(Duration.ofMillis(1));
  }
}

package dev.sluice.adapter.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServiceRoutesTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S,0s",
    "PT0.999S,0s",
    "PT59S,59s",
    "PT1M,1m0s",
    "PT5M32S,5m32s",
    "PT1H,1h0m0s",
    "PT48H7S,2d0h0m7s",
    "P400DT3H,400d3h0m0s"
  })
  void uptime_isWrittenWithItsUnits(Duration up, String text) {
    assertThat(ServiceRoutes.uptime(up)).isEqualTo(text);
  }
}

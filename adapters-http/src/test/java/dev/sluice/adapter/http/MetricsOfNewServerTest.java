package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Each test uses a server of its own, never two at once: there is one registry per process.
final class MetricsOfNewServerTest {

  @Test
  void shedEvents_areCounted() {
    try (var draining = TestServer.start()) {
      draining.application().refuseNewEvents();
      draining.post("[{\"payload\":1},{\"payload\":1}]");
      draining.post("{\"payload\":1}");

      assertThat(Metrics.of(draining).value("sluice_events_shed_total")).isEqualTo(3);
    }
  }

  @Test
  void typesBeyondTheCap_areCountedAsOther() {
    try (var many = TestServer.start()) {
      for (int number = 0; number < 300; number++) {
        many.post("{\"type\":\"cap." + number + "\",\"payload\":1}").hasStatus(202);
      }

      Metrics metrics = Metrics.of(many);
      Set<String> types =
          metrics.samples().stream()
              .filter(one -> one.name().equals("sluice_events_accepted_total"))
              .map(one -> one.labels().getOrDefault("type", ""))
              .collect(Collectors.toSet());

      assertThat(types)
          .hasSizeLessThanOrEqualTo(dev.sluice.application.operate.Statistics.MAX_TYPES + 1)
          .contains("other", "cap.0");
      assertThat(metrics.value("sluice_events_accepted_total", "type", "other"))
          .isGreaterThanOrEqualTo(300 - dev.sluice.application.operate.Statistics.MAX_TYPES);
      // Tests with two servers at once leave types in the one registry of the process.
      assertThat(
              metrics.samples().stream()
                  .filter(one -> one.name().equals("sluice_events_accepted_total"))
                  .filter(one -> one.labels().getOrDefault("type", "").matches("other|cap\\..*"))
                  .mapToDouble(Metrics.Sample::value)
                  .sum())
          .isEqualTo(300);
    }
  }

  @Test
  void meterThatIsMadeAfterTheEnd_isNotLeftToTheNextServer() {
    var ended = new Meters();
    ended.close();

    ended.counter("late", "Made while the last request ended").add(3);

    try (var next = new Meters()) {
      next.counter("late", "Made by the next server").add(1);
      assertThat(Metrics.parse(next.scrape()).value("late_total")).isEqualTo(1);
    }
  }
}

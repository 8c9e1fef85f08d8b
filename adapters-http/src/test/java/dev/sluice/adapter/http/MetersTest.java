package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.metrics.api.MetricsConfig;
import io.helidon.metrics.api.MetricsFactory;
import io.micrometer.core.instrument.Metrics;
import org.junit.jupiter.api.Test;

final class MetersTest {

  /// In Helidon's registry they would make the collector's thread and ours wait for each other.
  @Test
  void metersOfTheJvm_stayBelowHelidonsRegistry() {
    // What an earlier server in this process left there would not be registered anew.
    Metrics.globalRegistry.clear();
    try (var meters = new Meters()) {
      meters.counter("sluice.test", "A meter that is in it");
      var registry = MetricsFactory.getInstance().globalRegistry(MetricsConfig.create());

      assertThat(registry.meters())
          .extracting(meter -> meter.id().name())
          .contains("sluice.test")
          .noneMatch(name -> name.startsWith("jvm"));
      assertThat(meters.scrape()).contains("jvm_memory_used_bytes", "jvm_threads_live_threads");
    }
  }
}

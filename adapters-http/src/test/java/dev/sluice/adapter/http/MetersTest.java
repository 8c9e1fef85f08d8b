package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.Eventually;
import io.helidon.metrics.api.MetricsConfig;
import io.helidon.metrics.api.MetricsFactory;
import io.micrometer.core.instrument.Metrics;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class MetersTest {

  /// In Helidon's registry they could deadlock the collector's thread and ours.
  @Test
  void metersOfTheJvm_stayBelowHelidonsRegistry() {
    // Meters that an earlier server in this process left would not be registered again.
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

  @Test
  void meters_stillReadTheirSourcesAfterACollection() {
    Metrics.globalRegistry.clear();
    var count = new AtomicInteger();
    try (var meters = new Meters()) {
      meters.counter("sluice.test.kept", "A counter that another keeps", count::get);
      meters.gauge("sluice.test.shown", "A gauge", Map.of(), count::get);
      collect();
      count.set(7);

      assertThat(meters.scrape()).containsPattern("sluice_test_kept_total\\{.*} 7");
      assertThat(meters.scrape()).containsPattern("sluice_test_shown\\{.*} 7");
    }
  }

  /// Runs the garbage collector until a weakly reachable object is collected.
  private static void collect() {
    var sentinel = new WeakReference<>(new AtomicInteger());
    Eventually.holds(
        "there was a collection",
        () -> {
          System.gc();
          return sentinel.get() == null;
        });
  }
}

package dev.sluice.adapter.http;

import io.helidon.metrics.api.Meter;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.MetricsConfig;
import io.helidon.metrics.api.MetricsFactory;
import io.helidon.metrics.api.Tag;
import io.helidon.metrics.api.Timer;
import io.helidon.metrics.providers.micrometer.MicrometerPrometheusFormatter;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/// Creates meters in Helidon's registry and exports them in the format of Prometheus.
///
/// Names have dots here and underscores in Prometheus; counters end in `_total` and timers in
/// `_seconds`. Counters are plain adders that the registry reads during a scrape, so that counting
/// costs next to nothing.
public final class Meters implements AutoCloseable {

  private static final Duration[] BUCKETS = {
    Duration.ofNanos(250_000),
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofNanos(2_500_000),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5)
  };

  /// Quantiles of single nodes cannot be aggregated over nodes, and cost more than everything else
  /// here; buckets can.
  private static final double[] NO_QUANTILES = {};

  private final MetricsFactory factory = MetricsFactory.getInstance();

  /// Helidon keeps one registry per process, whatever is requested; closing it makes way for the
  /// next server's.
  private final MeterRegistry registry = factory.globalRegistry(MetricsConfig.create());

  private final JvmGcMetrics gc = new JvmGcMetrics();

  /// The sources of meters. The registry holds them weakly: after a garbage collection a counter
  /// would stop.
  private final List<DoubleSupplier> sources = new CopyOnWriteArrayList<>();

  private boolean isClosed;

  /// Registers the JVM's meters directly with the registries below Helidon's. Some of them are
  /// created on the collector's thread, under Micrometer's lock; through Helidon's registry that
  /// thread would then wait for Helidon's lock, while another thread that registers a meter holds
  /// it and waits for Micrometer's: a deadlock.
  public Meters() {
    var all = registry.unwrap(io.micrometer.core.instrument.MeterRegistry.class);
    if (all instanceof CompositeMeterRegistry composite) {
      composite.getRegistries().forEach(this::bindJvm);
    } else {
      bindJvm(all);
    }
  }

  private void bindJvm(io.micrometer.core.instrument.MeterRegistry below) {
    new JvmMemoryMetrics().bindTo(below);
    new JvmThreadMetrics().bindTo(below);
    gc.bindTo(below);
    ProcessMeters.bindTo(below);
  }

  LongAdder counter(String name, String description) {
    return counter(name, description, Map.of());
  }

  public LongAdder counter(String name, String description, Map<String, String> labels) {
    var adder = new LongAdder();
    var _ =
        register(
            factory
                .functionalCounterBuilder(name, adder, LongAdder::sum)
                .description(description)
                .tags(tags(labels)));
    return adder;
  }

  /// Registers a counter whose value is kept elsewhere.
  public void counter(String name, String description, DoubleSupplier value) {
    sources.add(value);
    registry.getOrCreate(
        factory
            .functionalCounterBuilder(name, value, supplier -> (long) supplier.getAsDouble())
            .description(description));
  }

  public void gauge(
      String name, String description, Map<String, String> labels, DoubleSupplier value) {
    sources.add(value);
    registry.getOrCreate(
        factory
            .gaugeBuilder(name, value, DoubleSupplier::getAsDouble)
            .description(description)
            .tags(tags(labels)));
  }

  /// Creates a timer with buckets by duration.
  Timer histogram(String name, String description) {
    return registry.getOrCreate(
        factory
            .timerBuilder(name)
            .description(description)
            .percentiles(NO_QUANTILES)
            .buckets(BUCKETS));
  }

  /// Creates a timer that counts and sums durations; empty once this is closed.
  Optional<Timer> timer(String name, String description, Map<String, String> labels) {
    return register(
        factory
            .timerBuilder(name)
            .description(description)
            .percentiles(NO_QUANTILES)
            .tags(tags(labels)));
  }

  /// Registers a meter unless this is closed. The last requests may be counted after [#close], and
  /// all servers of a process share the registry below Helidon's: a meter added then would never be
  /// removed, and would hide the next server's meter of the same name.
  private synchronized <B extends Meter.Builder<B, M>, M extends Meter> Optional<M> register(
      B builder) {
    return isClosed ? Optional.empty() : Optional.of(registry.getOrCreate(builder));
  }

  /// Returns all meters in the text format of Prometheus.
  public String scrape() {
    return MicrometerPrometheusFormatter.builder(registry)
        .build()
        .format()
        .map(Object::toString)
        .orElse("");
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    gc.close();
    factory.close();
  }

  private List<Tag> tags(Map<String, String> labels) {
    List<Tag> tags = new ArrayList<>();
    labels.forEach((name, value) -> tags.add(factory.tagCreate(name, value)));
    return tags;
  }
}

package dev.sluice.adapter.http;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// Gauges of the process's resources, under the names that all Prometheus client libraries use, so
/// that ready-made dashboards and alerts fit.
final class ProcessMeters {

  private static final Path STATUS = Path.of("/proc/self/status");

  private ProcessMeters() {}

  static void bindTo(MeterRegistry registry) {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    FunctionCounter.builder("process.cpu.seconds", system, of -> of.getProcessCpuTime() / 1e9)
        .description("Processor time used by the process")
        .register(registry);
    gauge(
        registry,
        "process.start.time.seconds",
        "Start time of the process, in seconds since 1970",
        ManagementFactory.getRuntimeMXBean(),
        (RuntimeMXBean process) -> process.getStartTime() / 1e3);
    if (system instanceof UnixOperatingSystemMXBean unix) {
      bindFiles(registry, unix);
    }
    if (Files.isReadable(STATUS)) {
      bindMemory(registry);
    }
  }

  private static void bindFiles(MeterRegistry registry, UnixOperatingSystemMXBean unix) {
    gauge(
        registry,
        "process.open.fds",
        "Open files and connections of the process",
        unix,
        UnixOperatingSystemMXBean::getOpenFileDescriptorCount);
    gauge(
        registry,
        "process.max.fds",
        "Most open files and connections of the process",
        unix,
        UnixOperatingSystemMXBean::getMaxFileDescriptorCount);
  }

  private static void bindMemory(MeterRegistry registry) {
    gauge(
        registry,
        "process.resident.memory.bytes",
        "Resident memory of the process",
        STATUS,
        file -> bytes(file, "VmRSS:"));
    gauge(
        registry,
        "process.virtual.memory.bytes",
        "Address space of the process",
        STATUS,
        file -> bytes(file, "VmSize:"));
  }

  private static <T> void gauge(
      MeterRegistry registry,
      String name,
      String description,
      T source,
      ToDoubleFunction<T> value) {
    Gauge.builder(name, source, value)
        .description(description)
        // By default the registry holds its sources weakly.
        .strongReference(true)
        .register(registry);
  }

  /// Reads a line such as `VmRSS: 123 kB`.
  private static double bytes(Path status, String name) {
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith(name))
          .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1_024.0)
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException e) {
      return Double.NaN;
    }
  }
}

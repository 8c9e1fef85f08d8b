package dev.sluice.admin.view.chart;

import dev.sluice.admin.api.Series;
import dev.sluice.admin.api.Stats;
import dev.sluice.admin.model.Texts;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// What a chart shows: its title and its lines.
///
/// @param title title with the unit
/// @param spoken name for screen readers
/// @param scale formats a value
public record Chart(String title, String spoken, DoubleFunction<String> scale, List<Line> lines) {

  private static final Line ACCEPTED =
      rate("accepted", "Accepted/s", "rate-accepted", Series.Point::accepted);
  private static final Line PROCESSED =
      rate("processed", "Processed/s", "rate-processed", Series.Point::completed);

  /// Everything that happens to events.
  public static final Chart THROUGHPUT =
      new Chart(
          "Throughput, per second",
          "Throughput",
          Texts::rate,
          List.of(
              ACCEPTED,
              PROCESSED,
              rate("failed", "Failed/s", "rate-failed", Series.Point::failed),
              rate("retried", "Retried/s", "rate-retried", Series.Point::retried)));

  /// How long events take.
  public static final Chart LATENCY =
      new Chart(
          "Latency, accepted to done",
          "Latency",
          Texts::seconds,
          List.of(
              latency("p50", Stats.Percentiles::p50),
              latency("p95", Stats.Percentiles::p95),
              latency("p99", Stats.Percentiles::p99)));

  /// What a subscription gets and processes.
  public static final Chart DELIVERIES =
      new Chart("Deliveries, per second", "Deliveries", Texts::rate, List.of(ACCEPTED, PROCESSED));

  /// What goes wrong in a subscription, on a scale of its own, because there is little of it.
  public static final Chart FAILURES =
      new Chart(
          "Failures, per second",
          "Failures",
          Texts::rate,
          List.of(
              rate(
                  "failed attempts",
                  "Failed attempts/s",
                  "rate-retried",
                  point -> sum(point.failed(), point.retried())),
              rate("dead letters", "Dead letters/s", "rate-failed", Series.Point::failed)));

  public Chart {
    lines = List.copyOf(lines);
  }

  /// A line of a chart.
  ///
  /// @param name name in the legend
  /// @param column title of its column in the table
  /// @param style style class
  /// @param value value of a point; NaN where it is unknown
  public record Line(
      String name, String column, String style, ToDoubleFunction<Series.Point> value) {}

  private static Line rate(
      String name, String column, String style, Function<Series.Point, @Nullable Double> value) {
    return new Line(name, column, style, point -> orNaN(value.apply(point)));
  }

  private static Line latency(String name, ToDoubleFunction<Stats.Percentiles> value) {
    return new Line(
        name,
        name,
        "latency-" + name,
        point -> {
          Stats.Percentiles known = point.acceptToDone();
          return known == null ? Double.NaN : value.applyAsDouble(known);
        });
  }

  private static double orNaN(@Nullable Double known) {
    return known == null ? Double.NaN : known;
  }

  private static @Nullable Double sum(@Nullable Double one, @Nullable Double other) {
    return one == null || other == null ? null : (Double) (one + other);
  }

  List<String> names() {
    return lines.stream().map(Line::name).toList();
  }

  List<String> styles() {
    return lines.stream().map(Line::style).toList();
  }

  /// Returns the values of each line.
  List<double[]> values(List<Series.Point> points) {
    return lines.stream().map(line -> points.stream().mapToDouble(line.value()).toArray()).toList();
  }
}

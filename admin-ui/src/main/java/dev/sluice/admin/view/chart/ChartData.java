package dev.sluice.admin.view.chart;

import dev.sluice.admin.api.Series;
import dev.sluice.admin.api.Stats;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Values over time, as the charts draw them.
///
/// @param rates accepted, processed, failed and retried events per second
/// @param latencies p50, p95 and p99 from accepted to done, in seconds
record ChartData(List<Instant> times, List<double[]> rates, List<double[]> latencies) {

  static final ChartData NONE = new ChartData(List.of(), List.of(), List.of());

  static ChartData of(Series series) {
    return new ChartData(
        series.points().stream().map(Series.Point::at).toList(),
        List.of(
            known(series, Series.Point::accepted),
            known(series, Series.Point::completed),
            known(series, Series.Point::failed),
            known(series, Series.Point::retried)),
        List.of(
            latency(series, Stats.Percentiles::p50),
            latency(series, Stats.Percentiles::p95),
            latency(series, Stats.Percentiles::p99)));
  }

  private static double[] known(Series series, Function<Series.Point, @Nullable Double> value) {
    return line(
        series,
        point -> {
          Double known = value.apply(point);
          return known == null ? Double.NaN : known;
        });
  }

  private static double[] latency(Series series, ToDoubleFunction<Stats.Percentiles> value) {
    return line(
        series,
        point -> {
          Stats.Percentiles known = point.acceptToDone();
          return known == null ? Double.NaN : value.applyAsDouble(known);
        });
  }

  private static double[] line(Series series, ToDoubleFunction<Series.Point> value) {
    return series.points().stream().mapToDouble(value).toArray();
  }

  /// Returns the index of the point nearest to a time, or of the last point if the time is NaN.
  int placeOf(double second) {
    if (Double.isNaN(second) || times.isEmpty()) {
      return times.size() - 1;
    }
    double from = times.getFirst().getEpochSecond();
    double length = times.getLast().getEpochSecond() - from;
    double share = length <= 0 ? 1 : (second - from) / length;
    return (int) Math.round(Math.clamp(share, 0, 1) * (times.size() - 1));
  }
}

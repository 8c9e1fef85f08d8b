package dev.sluice.admin.view.chart;

import dev.sluice.admin.api.Series;
import java.time.Instant;
import java.util.List;

/// Values over time, as the charts draw them.
///
/// @param values for each chart the values of its lines
record ChartData(List<Instant> times, List<List<double[]>> values) {

  static ChartData none(List<Chart> charts) {
    return of(charts, List.of());
  }

  static ChartData of(List<Chart> charts, Series series) {
    return of(charts, series.points());
  }

  private static ChartData of(List<Chart> charts, List<Series.Point> points) {
    return new ChartData(
        points.stream().map(Series.Point::at).toList(),
        charts.stream().map(chart -> chart.values(points)).toList());
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

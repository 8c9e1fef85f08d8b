package dev.sluice.adapter.http.route;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.domain.figures.Breakdown;
import dev.sluice.domain.figures.LatencyHistogram;
import dev.sluice.domain.figures.Percentiles;
import dev.sluice.domain.figures.Rates;
import dev.sluice.domain.figures.Totals;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/// Writes totals, rates and latencies.
final class FigureWriter {

  private FigureWriter() {}

  static void writeTotals(JsonGenerator json, String name, Totals totals) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("accepted", totals.accepted());
    json.writeNumberField("completed", totals.completed());
    json.writeNumberField("failed", totals.failed());
    json.writeNumberField("retried", totals.retried());
    json.writeEndObject();
  }

  static void writeBreakdown(JsonGenerator json, String name, Breakdown breakdown)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Totals> entry : breakdown.totals().entrySet()) {
      writeTotals(json, entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }

  /// Writes the four members into an open object.
  static void writeRates(JsonGenerator json, Rates rates) throws IOException {
    json.writeNumberField("accepted", rounded(rates.accepted()));
    json.writeNumberField("completed", rounded(rates.completed()));
    json.writeNumberField("failed", rounded(rates.failed()));
    json.writeNumberField("retried", rounded(rates.retried()));
  }

  static void writePercentiles(JsonGenerator json, String name, LatencyHistogram latencyHistogram)
      throws IOException {
    Percentiles percentiles = latencyHistogram.percentiles();
    json.writeObjectFieldStart(name);
    json.writeNumberField("p50", seconds(percentiles.p50()));
    json.writeNumberField("p95", seconds(percentiles.p95()));
    json.writeNumberField("p99", seconds(percentiles.p99()));
    json.writeEndObject();
  }

  /// Returns seconds with six decimals.
  static double seconds(Duration duration) {
    long micros = duration.toNanos() / 1_000;
    return micros / 1e6;
  }

  private static double rounded(double rate) {
    return Math.round(rate * 100) / 100.0;
  }
}

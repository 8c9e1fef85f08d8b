package dev.sluice.adapter.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.application.Application;
import dev.sluice.application.operate.Percentiles;
import dev.sluice.application.operate.Rates;
import dev.sluice.application.operate.Statistics;
import dev.sluice.application.operate.Totals;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.port.StatusCounts;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `GET /stats`: how much there is, how fast it moves, and how long it takes.
final class StatsRoute {

  private static final List<DeliveryStatus> UNFINISHED =
      List.of(DeliveryStatus.RECEIVED, DeliveryStatus.PROCESSING, DeliveryStatus.RETRYING);

  private final Application application;
  private final InstantSource clock;

  StatsRoute(Application application, InstantSource clock) {
    this.application = application;
    this.clock = clock;
  }

  void get(Exchange exchange) {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    StatusCounts counts = application.browse().counts();
    Statistics.Snapshot statistics = application.statistics().snapshot();
    exchange.json(
        200,
        Json.write(
            json -> {
              json.writeStartObject();
              writeCounts(json, counts);
              writeStatistics(json, statistics);
              json.writeEndObject();
            }));
  }

  private void writeCounts(JsonGenerator json, StatusCounts counts) throws IOException {
    json.writeObjectFieldStart("events");
    for (EventStatus status : EventStatus.values()) {
      json.writeNumberField(status.wireName(), counts.of(status));
    }
    json.writeEndObject();
    json.writeObjectFieldStart("backlog");
    json.writeNumberField("total", counts.backlog());
    for (DeliveryStatus status : UNFINISHED) {
      json.writeNumberField(status.wireName(), counts.of(status));
    }
    json.writeEndObject();
    Duration oldest = counts.oldestWaitingAge(clock.instant()).orElse(Duration.ZERO);
    json.writeNumberField("oldest_waiting_seconds", seconds(oldest));
    json.writeNumberField("in_flight", application.inFlight());
    json.writeNumberField("worker_slots", application.workerSlots());
  }

  private static void writeStatistics(JsonGenerator json, Statistics.Snapshot statistics)
      throws IOException {
    EventWriter.writeTime(json, "since", statistics.since());
    json.writeObjectFieldStart("totals");
    writeTotals(json, statistics.totals());
    json.writeEndObject();
    json.writeObjectFieldStart("by_type");
    for (Map.Entry<String, Totals> type : statistics.byType().entrySet()) {
      json.writeObjectFieldStart(type.getKey());
      writeTotals(json, type.getValue());
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeObjectFieldStart("rates_per_second");
    for (Rates rates : statistics.rates()) {
      writeRates(json, rates);
    }
    json.writeEndObject();
    json.writeObjectFieldStart("latency_seconds");
    writePercentiles(json, "accept", statistics.acceptTime());
    writePercentiles(json, "handler", statistics.handlerTime());
    writePercentiles(json, "accept_to_done", statistics.acceptToDone());
    json.writeEndObject();
  }

  private static void writeTotals(JsonGenerator json, Totals totals) throws IOException {
    json.writeNumberField("accepted", totals.accepted());
    json.writeNumberField("completed", totals.completed());
    json.writeNumberField("failed", totals.failed());
    json.writeNumberField("retried", totals.retried());
  }

  private static void writeRates(JsonGenerator json, Rates rates) throws IOException {
    json.writeObjectFieldStart(rates.name());
    json.writeNumberField("accepted", rounded(rates.accepted()));
    json.writeNumberField("completed", rounded(rates.completed()));
    json.writeNumberField("failed", rounded(rates.failed()));
    json.writeNumberField("retried", rounded(rates.retried()));
    json.writeEndObject();
  }

  private static void writePercentiles(JsonGenerator json, String name, Percentiles percentiles)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("p50", seconds(percentiles.p50()));
    json.writeNumberField("p95", seconds(percentiles.p95()));
    json.writeNumberField("p99", seconds(percentiles.p99()));
    json.writeEndObject();
  }

  private static double seconds(Duration duration) {
    long micros = duration.toNanos() / 1_000;
    return micros / 1e6;
  }

  private static double rounded(double rate) {
    return Math.round(rate * 100) / 100.0;
  }
}

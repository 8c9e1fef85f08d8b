package dev.sluice.adapter.http.route;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.adapter.http.EntityTag;
import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.QueryParameters;
import dev.sluice.application.operate.Figures;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.figures.DueCounts;
import dev.sluice.domain.figures.NodeFigures;
import dev.sluice.domain.figures.QueueReport;
import dev.sluice.domain.figures.Rates;
import dev.sluice.domain.figures.StatusCounts;
import dev.sluice.format.EventWriter;
import dev.sluice.format.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `GET /stats` and `GET /stats/due`: counts, rates and latencies, over all nodes.
final class StatsRoute {

  private static final List<DeliveryStatus> UNFINISHED =
      List.of(DeliveryStatus.RECEIVED, DeliveryStatus.PROCESSING, DeliveryStatus.RETRYING);

  private final Figures figures;

  StatsRoute(Figures figures) {
    this.figures = figures;
  }

  void get(Exchange exchange) {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    Figures.Overview overview = figures.overview();
    Optional<QueueReport> queues = figures.queues();
    EntityTag.ofWhatMatters(document(overview, queues, false))
        .answer(exchange, document(overview, queues, true));
  }

  /// `GET /stats/due`: what becomes due in the next hour.
  void due(Exchange exchange) {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    DueCounts due = figures.dueSoon();
    exchange.json(
        200,
        Json.write(
            json -> {
              json.writeStartObject();
              EventWriter.writeTime(json, "from", due.from());
              json.writeNumberField("step_seconds", due.step().toSeconds());
              json.writeArrayFieldStart("due");
              for (long count : due.counts()) {
                json.writeNumber(count);
              }
              json.writeEndArray();
              json.writeBooleanField("at_least", due.isAtLeast());
              json.writeEndObject();
            }));
  }

  /// Returns the document. Without the time, it stays the same while nothing changes.
  private static byte[] document(
      Figures.Overview overview, Optional<QueueReport> queues, boolean withTime) {
    return Json.write(
        json -> {
          json.writeStartObject();
          if (withTime) {
            EventWriter.writeTime(json, "as_of", overview.asOf());
          }
          json.writeNumberField("nodes", overview.nodes());
          writeCounts(json, overview);
          json.writeNumberField("in_flight", overview.inFlight());
          json.writeNumberField("worker_slots", overview.slots());
          if (queues.isPresent()) {
            writeQueues(json, queues.get(), withTime);
          }
          writeFigures(json, overview.figures());
          json.writeEndObject();
        });
  }

  private static void writeCounts(JsonGenerator json, Figures.Overview overview)
      throws IOException {
    StatusCounts counts = overview.counts();
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
    Duration oldest = counts.oldestWaitingAge(overview.asOf()).orElse(Duration.ZERO);
    json.writeNumberField("oldest_waiting_seconds", FigureWriter.seconds(oldest));
  }

  private static void writeQueues(JsonGenerator json, QueueReport report, boolean withTime)
      throws IOException {
    json.writeObjectFieldStart("broker");
    if (withTime) {
      json.writeNumberField("age_seconds", FigureWriter.seconds(report.age()));
    }
    json.writeNumberField("unacknowledged", report.unacknowledged());
    json.writeNumberField("redelivered", report.redelivered());
    json.writeArrayFieldStart("queues");
    for (QueueReport.Queue queue : report.queues()) {
      writeQueue(json, queue);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeQueue(JsonGenerator json, QueueReport.Queue queue) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", queue.name());
    json.writeNumberField("depth", queue.depth());
    json.writeNumberField("consumers", queue.consumers());
    json.writeEndObject();
  }

  private static void writeFigures(JsonGenerator json, NodeFigures figures) throws IOException {
    EventWriter.writeTime(json, "since", figures.since());
    FigureWriter.writeTotals(json, "totals", figures.totals());
    FigureWriter.writeBreakdown(json, "by_type", figures.byType());
    FigureWriter.writeBreakdown(json, "subscriptions", figures.bySubscription());
    json.writeObjectFieldStart("rates_per_second");
    for (Rates rates : figures.rates()) {
      json.writeObjectFieldStart(rates.name());
      FigureWriter.writeRates(json, rates);
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeObjectFieldStart("latency_seconds");
    FigureWriter.writePercentiles(json, "accept", figures.acceptTime());
    FigureWriter.writePercentiles(json, "handler", figures.handlerTime());
    FigureWriter.writePercentiles(json, "accept_to_done", figures.acceptToDone());
    json.writeEndObject();
  }
}

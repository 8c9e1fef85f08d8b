package dev.sluice.adapter.http.route;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.adapter.http.EntityTag;
import dev.sluice.adapter.http.Exchange;
import dev.sluice.application.operate.Figures;
import dev.sluice.application.operate.Series;
import dev.sluice.application.operate.SeriesScope;
import dev.sluice.domain.figures.LatencyHistogram;
import dev.sluice.domain.figures.Rates;
import dev.sluice.format.EventWriter;
import dev.sluice.format.Json;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// `GET /stats/series`: statistics over time, summed over all nodes. Unknown values are `null`, so
/// that gaps can be distinguished from idle times.
final class SeriesRoute {

  private static final List<String> RATES = List.of("accepted", "completed", "failed", "retried");

  private final Figures figures;
  private final InstantSource clock;

  SeriesRoute(Figures figures, InstantSource clock) {
    this.figures = figures;
    this.clock = clock;
  }

  void get(Exchange exchange) {
    SeriesQuery query = SeriesQuery.parse(exchange.rawQuery(), clock.instant());
    Series series = figures.series(query.range(), query.scope());
    byte[] body = document(series, query.scope() instanceof SeriesScope.All);
    EntityTag.ofAll(body).answer(exchange, body);
  }

  private static byte[] document(Series series, boolean isOfAll) {
    return Json.write(
        json -> {
          json.writeStartObject();
          EventWriter.writeTime(json, "from", series.from());
          EventWriter.writeTime(json, "to", series.to());
          json.writeNumberField("step_seconds", series.step().toSeconds());
          if (!isOfAll) {
            json.writeBooleanField("among_others", series.isAmongOthers());
          }
          json.writeArrayFieldStart("points");
          for (Series.Point point : series.points()) {
            writePoint(json, point, isOfAll);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void writePoint(JsonGenerator json, Series.Point point, boolean isOfAll)
      throws IOException {
    json.writeStartObject();
    EventWriter.writeTime(json, "at", point.at());
    writeRates(json, point.rates());
    if (isOfAll) {
      writeLoad(json, point.load());
      writeTimes(json, "accept_time", point.times().accept());
      writeTimes(json, "handler_time", point.times().handler());
      writeTimes(json, "accept_to_done", point.times().acceptToDone());
    }
    json.writeEndObject();
  }

  private static void writeRates(JsonGenerator json, Optional<Rates> rates) throws IOException {
    if (rates.isPresent()) {
      FigureWriter.writeRates(json, rates.get());
      return;
    }
    for (String name : RATES) {
      json.writeNullField(name);
    }
  }

  private static void writeLoad(JsonGenerator json, Optional<Series.Load> load) throws IOException {
    if (load.isPresent()) {
      json.writeNumberField("backlog", load.get().backlog());
      json.writeNumberField(
          "oldest_waiting_seconds", FigureWriter.seconds(load.get().oldestWaiting()));
    } else {
      json.writeNullField("backlog");
      json.writeNullField("oldest_waiting_seconds");
    }
  }

  private static void writeTimes(JsonGenerator json, String name, LatencyHistogram latencyHistogram)
      throws IOException {
    if (latencyHistogram.isEmpty()) {
      json.writeNullField(name);
    } else {
      FigureWriter.writePercentiles(json, name, latencyHistogram);
    }
  }
}

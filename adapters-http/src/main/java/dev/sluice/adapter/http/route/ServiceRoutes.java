package dev.sluice.adapter.http.route;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.adapter.http.EntityTag;
import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.HttpSettings;
import dev.sluice.adapter.http.Meters;
import dev.sluice.application.Application;
import dev.sluice.format.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/// The routes about the service itself: health, readiness, metrics, and the description of its API.
public final class ServiceRoutes {

  private final Application application;
  private final HttpSettings.About about;
  private final HttpGauges gauges;
  private final Meters meters;
  private final byte[] openApi = openApiDocument();
  private final EntityTag openApiTag = EntityTag.ofWhatMatters(openApi);
  private final long startedAt = System.nanoTime();

  public ServiceRoutes(
      Application application, HttpSettings.About about, HttpGauges gauges, Meters meters) {
    this.application = application;
    this.about = about;
    this.gauges = gauges;
    this.meters = meters;
  }

  /// `GET /health` and `GET /healthz`: the process is alive; 503 when it should be replaced.
  void health(Exchange exchange) {
    List<String> reasons = application.reasonsNotAlive();
    exchange.json(reasons.isEmpty() ? 200 : 503, Json.write(json -> writeHealth(json, reasons)));
  }

  private void writeHealth(JsonGenerator json, List<String> reasons) throws IOException {
    json.writeStartObject();
    json.writeStringField("status", reasons.isEmpty() ? "ok" : "failed");
    json.writeStringField("uptime", uptime(Duration.ofNanos(System.nanoTime() - startedAt)));
    json.writeStringField("version", about.version());
    json.writeStringField("storage", about.storage());
    json.writeStringField("durability", application.useCases().browse().durability().wireName());
    json.writeStringField("env", about.environment());
    writeReasons(json, reasons);
    json.writeEndObject();
  }

  /// `GET /ready`: whether the node accepts traffic.
  void ready(Exchange exchange) {
    List<String> reasons = application.reasonsNotReady();
    exchange.json(
        reasons.isEmpty() ? 200 : 503,
        Json.write(
            json -> {
              json.writeStartObject();
              json.writeStringField("status", reasons.isEmpty() ? "ready" : "not ready");
              json.writeBooleanField("ready", reasons.isEmpty());
              writeReasons(json, reasons);
              json.writeEndObject();
            }));
  }

  private static void writeReasons(JsonGenerator json, List<String> reasons) throws IOException {
    if (reasons.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("reasons");
    for (String reason : reasons) {
      json.writeString(reason);
    }
    json.writeEndArray();
  }

  /// `GET /metrics`: for Prometheus.
  void metrics(Exchange exchange) {
    gauges.refresh();
    exchange.text("text/plain; version=0.0.4; charset=utf-8", meters.scrape());
  }

  /// `GET /openapi.json`
  void openApi(Exchange exchange) {
    openApiTag.answer(exchange.cacheable(), openApi);
  }

  /// Formats a duration, such as `5m32s` or `2d3h0m7s`.
  static String uptime(Duration up) {
    var text = new StringBuilder();
    if (up.toDays() > 0) {
      text.append(up.toDays()).append('d');
    }
    if (up.toHours() > 0) {
      text.append(up.toHoursPart()).append('h');
    }
    if (up.toMinutes() > 0) {
      text.append(up.toMinutesPart()).append('m');
    }
    return text.append(up.toSecondsPart()).append('s').toString();
  }

  private static byte[] openApiDocument() {
    try (InputStream document =
        Objects.requireNonNull(
            ServiceRoutes.class.getResourceAsStream("/dev/sluice/adapter/http/openapi.json"),
            "openapi.json is missing")) {
      return document.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read openapi.json", e);
    }
  }
}

package dev.sluice.format;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.domain.delivery.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Writes what a receiver answered, as the API shows it.
public final class ResponseWriter {

  private ResponseWriter() {}

  /// Writes a response as the member `response` of an open object, if there is one.
  public static void writeMember(JsonGenerator json, Optional<Response> response)
      throws IOException {
    writeMember(json, response, PayloadView.WHOLE);
  }

  /// Writes a response as the member `response` of an open object, if there is one.
  ///
  /// @param body how its body is shown: receivers may repeat the payload in it
  public static void writeMember(JsonGenerator json, Optional<Response> response, PayloadView body)
      throws IOException {
    if (response.isPresent()) {
      json.writeFieldName("response");
      write(json, response.get(), body);
    }
  }

  private static void write(JsonGenerator json, Response response, PayloadView body)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("url", response.url());
    if (response.status() > 0) {
      json.writeNumberField("status", response.status());
      json.writeObjectFieldStart("headers");
      for (Map.Entry<String, String> header : response.headers().entrySet()) {
        json.writeStringField(header.getKey(), header.getValue());
      }
      json.writeEndObject();
      writeBody(json, response, body);
    }
    json.writeObjectFieldStart("times_ms");
    Response.Times times = response.times();
    write(json, "resolve", times.resolve());
    write(json, "connect", times.connect());
    write(json, "tls", times.tls());
    write(json, "first_byte", times.firstByte());
    write(json, "total", Optional.of(times.total()));
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeBody(JsonGenerator json, Response response, PayloadView body)
      throws IOException {
    switch (body) {
      case WHOLE -> {
        json.writeStringField("body", response.body());
        json.writeBooleanField("body_cut", response.isCut());
      }
      case HIDDEN -> json.writeBooleanField("body_hidden", true);
      case LEFT_OUT -> {}
    }
  }

  private static void write(JsonGenerator json, String name, Optional<Duration> time)
      throws IOException {
    if (time.isPresent()) {
      json.writeNumberField(name, Math.round(time.get().toNanos() / 10_000.0) / 100.0);
    }
  }
}

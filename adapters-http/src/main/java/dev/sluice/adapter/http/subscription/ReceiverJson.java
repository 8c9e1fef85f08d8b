package dev.sluice.adapter.http.subscription;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.application.work.ReceiverView;
import dev.sluice.format.EventWriter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// How the receiver of a subscription does, in responses.
public final class ReceiverJson {

  private ReceiverJson() {}

  /// Writes the member `receiver` of an open object, if there is a receiver.
  public static void write(JsonGenerator json, Optional<ReceiverView> receiver) throws IOException {
    if (receiver.isPresent()) {
      json.writeFieldName("receiver");
      write(json, receiver.get());
    }
  }

  private static void write(JsonGenerator json, ReceiverView receiver) throws IOException {
    json.writeStartObject();
    json.writeStringField("state", receiver.state().wireName());
    if (!receiver.reason().isEmpty()) {
      json.writeStringField("reason", receiver.reason());
    }
    Optional<Instant> until = receiver.until();
    if (until.isPresent()) {
      EventWriter.writeTime(json, "until", until.get());
    }
    json.writeNumberField("concurrency", receiver.limit());
    json.writeNumberField("in_flight", receiver.inFlight());
    json.writeObjectFieldStart("recent");
    for (Map.Entry<String, Integer> count : receiver.recent().entrySet()) {
      json.writeNumberField(count.getKey(), count.getValue());
    }
    json.writeEndObject();
    if (receiver.latency().isPresent()) {
      json.writeObjectFieldStart("latency_ms");
      json.writeNumberField("p50", millis(receiver.latency().get().p50()));
      json.writeNumberField("p99", millis(receiver.latency().get().p99()));
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static double millis(Duration time) {
    return Math.round(time.toNanos() / 10_000.0) / 100.0;
  }
}

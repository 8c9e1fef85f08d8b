package dev.sluice.adapter.http.route;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.application.stream.LoggedChange;
import dev.sluice.domain.delivery.Change;
import dev.sluice.format.EventWriter;
import dev.sluice.format.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;

/// Encodes the messages of a stream as server-sent events. Each has an id at which a client can
/// resume.
final class StreamMessages {

  /// How long a client waits before it reconnects, in milliseconds.
  private static final int RETRY_MS = 2_000;

  private final String epoch;

  /// @param epoch the epoch of the change log
  StreamMessages(String epoch) {
    this.epoch = epoch;
  }

  private String idOf(long number) {
    return epoch + "-" + number;
  }

  /// Returns the first message, with the start position.
  byte[] hello(StreamStart start, Duration heartbeat) {
    byte[] message =
        message(
            "hello",
            start.position(),
            json -> {
              json.writeStringField("position", idOf(start.position()));
              json.writeBooleanField("resumed", start.isResumed());
              json.writeNumberField("heartbeat_ms", heartbeat.toMillis());
            });
    var withRetry = new ByteArrayOutputStream();
    withRetry.writeBytes(("retry: " + RETRY_MS + "\n").getBytes(US_ASCII));
    withRetry.writeBytes(message);
    return withRetry.toByteArray();
  }

  /// Returns the message that some changes are omitted.
  ///
  /// @param position the change after which the stream continues
  byte[] lagged(StreamStart.Gap gap, long position) {
    return message(
        "lagged",
        position,
        json -> {
          if (gap.skipped() < 0) {
            json.writeNullField("skipped");
          } else {
            json.writeNumberField("skipped", gap.skipped());
          }
          json.writeStringField("reason", gap.reason());
        });
  }

  /// Returns a comment with the current position; clients ignore comments.
  byte[] heartbeat(long position) {
    return (": heartbeat\nid: " + idOf(position) + "\n\n").getBytes(US_ASCII);
  }

  /// Returns the message of a change.
  byte[] change(LoggedChange logged) {
    return logged.encoded(
        one -> message("change", one.number(), json -> writeChange(json, one.change())));
  }

  private byte[] message(String name, long number, Json.Content members) {
    var message = new ByteArrayOutputStream(320);
    message.writeBytes(
        ("event: " + name + "\nid: " + idOf(number) + "\ndata: ").getBytes(US_ASCII));
    // The JSON contains no line breaks, which would end the data.
    message.writeBytes(
        Json.write(
            json -> {
              json.writeStartObject();
              members.writeTo(json);
              json.writeEndObject();
            }));
    message.writeBytes("\n\n".getBytes(US_ASCII));
    return message.toByteArray();
  }

  private static void writeChange(JsonGenerator json, Change change) throws IOException {
    json.writeStringField("event_id", change.event().value());
    json.writeStringField("event_type", change.type().value());
    json.writeStringField("status", change.status().wireName());
    EventWriter.writeTime(json, "at", change.at());
    writeUnlessEmpty(json, "key", change.key());
    writeUnlessEmpty(json, "subscription", change.subscription());
    if (change.attempt() > 0) {
      json.writeNumberField("attempt", change.attempt());
    }
    writeUnlessEmpty(json, "worker", change.worker());
    if (!change.error().isEmpty()) {
      writeError(json, change);
    }
  }

  private static void writeUnlessEmpty(JsonGenerator json, String name, String text)
      throws IOException {
    if (!text.isEmpty()) {
      json.writeStringField(name, text);
    }
  }

  private static void writeError(JsonGenerator json, Change change) throws IOException {
    json.writeObjectFieldStart("error");
    json.writeStringField("error", change.error());
    json.writeStringField("message", change.message());
    writeUnlessEmpty(json, "fingerprint", change.fingerprint());
    json.writeEndObject();
  }
}

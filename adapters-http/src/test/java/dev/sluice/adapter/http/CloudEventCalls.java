package dev.sluice.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.OffsetDateTime;

/// Sends CloudEvents that the CloudEvents SDK writes.
///
/// @param server the server to send to
record CloudEventCalls(TestServer server) {

  /// Returns an event with all attributes that events may have.
  static CloudEventBuilder event(String id) {
    return CloudEventBuilder.v1()
        .withId(id)
        .withType("com.example.paid")
        .withSource(URI.create("/shop"))
        .withSubject("order/7")
        .withTime(OffsetDateTime.parse("2026-01-02T03:04:05.678+01:00"))
        .withExtension("partitionkey", "customer-7")
        .withExtension("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
        .withExtension("priority", 5)
        .withData("application/json", "{\"n\": 1.0}".getBytes(UTF_8));
  }

  /// Sends an event in binary mode.
  Answer sendBinary(CloudEvent event) {
    HttpRequest.Builder request = server.request("/events");
    HttpMessageFactory.createWriter(
            request::header,
            body ->
                request.POST(
                    body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body)))
        .writeBinary(event);
    return server.call(request);
  }

  /// Sends an event in structured mode.
  Answer sendStructured(CloudEvent event) {
    HttpRequest.Builder request = server.request("/events");
    HttpMessageFactory.createWriter(
            request::header, body -> request.POST(BodyPublishers.ofByteArray(body)))
        .writeStructured(event, new JsonFormat());
    return server.call(request);
  }
}

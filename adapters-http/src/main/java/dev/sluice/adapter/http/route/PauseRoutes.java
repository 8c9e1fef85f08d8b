package dev.sluice.adapter.http.route;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.ProblemException;
import dev.sluice.adapter.http.Problems;
import dev.sluice.adapter.http.QueryParameters;
import dev.sluice.adapter.http.RequestBodies;
import dev.sluice.application.Application;
import dev.sluice.application.work.Pauses;
import dev.sluice.domain.subscription.Pause;
import dev.sluice.domain.subscription.PauseScope;
import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.TypePattern;
import dev.sluice.format.EventWriter;
import dev.sluice.format.Json;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/// Shows, pauses and resumes subscriptions and processing as a whole.
final class PauseRoutes {

  private final Application application;
  private final Pauses pauses;
  private final RequestBodies bodies;
  private final InstantSource clock;

  PauseRoutes(Application application, RequestBodies bodies, InstantSource clock) {
    this.application = application;
    this.pauses = application.useCases().pauses();
    this.bodies = bodies;
    this.clock = clock;
  }

  /// `GET /subscriptions`
  void subscriptions(Exchange exchange) {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    exchange.json(
        200,
        Json.write(
            json -> {
              json.writeStartArray();
              for (Subscription subscription :
                  application.useCases().subscriptions().current().all()) {
                write(json, subscription);
              }
              json.writeEndArray();
            }));
  }

  /// `GET /subscriptions/{id}`
  void subscription(Exchange exchange) {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    answer(exchange, subscriptionOf(exchange));
  }

  /// `POST /subscriptions/{id}/pause`
  void pauseSubscription(Exchange exchange) throws IOException {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    Subscription subscription = subscriptionOf(exchange);
    pause(exchange, scopeOf(subscription), () -> answer(exchange, subscription));
  }

  /// `POST /subscriptions/{id}/resume`
  void resumeSubscription(Exchange exchange) {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    Subscription subscription = subscriptionOf(exchange);
    pauses.resume(scopeOf(subscription));
    answer(exchange, subscription);
  }

  /// `GET /processing`
  void processing(Exchange exchange) {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    answer(exchange);
  }

  /// `POST /processing/pause`
  void pauseProcessing(Exchange exchange) throws IOException {
    pause(exchange, PauseScope.EVERYTHING, () -> answer(exchange));
  }

  /// `POST /processing/resume`
  void resumeProcessing(Exchange exchange) {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    pauses.resume(PauseScope.EVERYTHING);
    answer(exchange);
  }

  private void pause(Exchange exchange, PauseScope scope, Runnable answer) throws IOException {
    BodyObject.read(
        exchange,
        bodies,
        body -> {
          PauseRequest request = PauseRequest.read(body, clock.instant());
          exchange.audit().because(request.reason());
          pauses.pause(scope, request.reason(), exchange.caller().owner(), request.until());
          answer.run();
        });
  }

  private Subscription subscriptionOf(Exchange exchange) {
    String name = exchange.pathParameter();
    return application.useCases().subscriptions().current().all().stream()
        .filter(subscription -> subscription.name().value().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ProblemException(
                    Problems.notFound(
                        "There is no subscription named "
                            + Problems.shorten(name)
                            + "; list the subscriptions with GET /subscriptions.")));
  }

  private static PauseScope scopeOf(Subscription subscription) {
    return new PauseScope.One(subscription.name());
  }

  private void answer(Exchange exchange, Subscription subscription) {
    exchange.json(200, Json.write(json -> write(json, subscription)));
  }

  private void answer(Exchange exchange) {
    exchange.json(
        200,
        Json.write(
            json -> {
              json.writeStartObject();
              write(json, pauses.of(PauseScope.EVERYTHING));
              json.writeNumberField("slots", application.load().slots());
              json.writeNumberField("in_flight", application.load().inFlight());
              json.writeEndObject();
            }));
  }

  private void write(JsonGenerator json, Subscription subscription) throws IOException {
    SubscriptionName name = subscription.name();
    json.writeStartObject();
    json.writeStringField("name", name.value());
    json.writeArrayFieldStart("patterns");
    for (TypePattern pattern : subscription.definition().types()) {
      json.writeString(pattern.glob());
    }
    json.writeEndArray();
    json.writeStringField("handler", subscription.definition().destination().kind());
    write(json, application.useCases().retries().apply(name));
    write(json, pauses.of(new PauseScope.One(name)));
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, RetryPolicy retries) throws IOException {
    json.writeNumberField("max_retries", retries.maxRetries());
    json.writeNumberField("retry_base_ms", retries.base().toMillis());
    json.writeNumberField("retry_cap_ms", retries.cap().toMillis());
    if (retries.maxAge().isPositive()) {
      json.writeNumberField("retry_max_age_ms", retries.maxAge().toMillis());
    }
  }

  private static void write(JsonGenerator json, Optional<Pause> pause) throws IOException {
    if (pause.isPresent()) {
      json.writeObjectFieldStart("paused");
      writeMembers(json, pause.get());
      json.writeEndObject();
    } else {
      json.writeNullField("paused");
    }
  }

  /// Writes the members of a pause into an open object.
  static void writeMembers(JsonGenerator json, Pause pause) throws IOException {
    json.writeStringField("reason", pause.reason());
    json.writeStringField("by", pause.by());
    EventWriter.writeTime(json, "at", pause.at());
    if (pause.end().isPresent()) {
      EventWriter.writeTime(json, "until", pause.until());
    } else {
      json.writeNullField("until");
    }
  }
}

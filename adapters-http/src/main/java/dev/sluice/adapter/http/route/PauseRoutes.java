package dev.sluice.adapter.http.route;

import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.QueryParameters;
import dev.sluice.adapter.http.RequestBodies;
import dev.sluice.adapter.http.subscription.PauseJson;
import dev.sluice.adapter.http.subscription.SubscriptionJson;
import dev.sluice.adapter.http.subscription.SubscriptionRoutes;
import dev.sluice.application.Application;
import dev.sluice.application.work.Pauses;
import dev.sluice.domain.subscription.PauseScope;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.format.Json;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Set;

/// Pauses and resumes subscriptions and processing as a whole.
final class PauseRoutes {

  private final Application application;
  private final Pauses pauses;
  private final RequestBodies bodies;
  private final InstantSource clock;
  private final SubscriptionRoutes subscriptions;
  private final SubscriptionJson json;

  PauseRoutes(
      Application application,
      RequestBodies bodies,
      InstantSource clock,
      SubscriptionRoutes subscriptions) {
    this.application = application;
    this.subscriptions = subscriptions;
    this.json = new SubscriptionJson(application.useCases());
    this.pauses = application.useCases().pauses();
    this.bodies = bodies;
    this.clock = clock;
  }

  /// `POST /subscriptions/{id}/pause`
  void pauseSubscription(Exchange exchange) throws IOException {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    Subscription subscription = subscriptions.known(exchange);
    pause(exchange, scopeOf(subscription), () -> answer(exchange, subscription));
  }

  /// `POST /subscriptions/{id}/resume`
  void resumeSubscription(Exchange exchange) {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    Subscription subscription = subscriptions.known(exchange);
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

  private static PauseScope scopeOf(Subscription subscription) {
    return new PauseScope.One(subscription.name());
  }

  private void answer(Exchange exchange, Subscription subscription) {
    exchange.json(200, json.current(subscription));
  }

  private void answer(Exchange exchange) {
    exchange.json(
        200,
        Json.write(
            generator -> {
              generator.writeStartObject();
              PauseJson.write(generator, pauses.of(PauseScope.EVERYTHING));
              generator.writeNumberField("slots", application.load().slots());
              generator.writeNumberField("in_flight", application.load().inFlight());
              generator.writeEndObject();
            }));
  }
}

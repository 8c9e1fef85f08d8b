package dev.sluice.adapter.http.subscription;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.application.operate.Figures;
import dev.sluice.application.operate.LaneOperations;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.figures.Rates;
import dev.sluice.domain.figures.SubscriptionCounts;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionName;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How subscriptions do: their deliveries, rates and share of successes, read once for a response.
/// What is unknown is left out.
///
/// @param load deliveries by status; empty when unknown
/// @param figures finds rates
/// @param blockedLanes the number of blocked lanes of subscriptions that have any
record SubscriptionFiguresJson(
    Optional<Figures.SubscriptionLoad> load,
    Figures figures,
    Map<SubscriptionName, Long> blockedLanes) {

  private static final List<DeliveryStatus> COUNTED =
      List.of(
          DeliveryStatus.RECEIVED,
          DeliveryStatus.RETRYING,
          DeliveryStatus.PROCESSING,
          DeliveryStatus.FAILED);

  static SubscriptionFiguresJson of(Figures figures, LaneOperations lanes) {
    return new SubscriptionFiguresJson(
        figures.countsBySubscription(), figures, lanes.recentlyBlocked());
  }

  /// Writes the members into an open object.
  void write(JsonGenerator json, Subscription of) throws IOException {
    SubscriptionName subscription = of.name();
    if (of.definition().policy().ordering().isPresent()) {
      json.writeNumberField("blocked_lanes", blockedLanes.getOrDefault(subscription, 0L));
    }
    if (load.isPresent()) {
      writeCounts(json, load.get().counts().of(subscription), load.get().asOf());
    }
    Optional<Rates> rates = figures.ratesOf(subscription);
    if (rates.isPresent()) {
      writeRates(json, rates.get());
    }
  }

  private static void writeCounts(JsonGenerator json, SubscriptionCounts of, Instant asOf)
      throws IOException {
    json.writeObjectFieldStart("deliveries");
    for (DeliveryStatus status : COUNTED) {
      json.writeNumberField(EventStatus.of(status).wireName(), of.of(status));
    }
    if (!of.atLeast().isEmpty()) {
      json.writeArrayFieldStart("at_least");
      for (DeliveryStatus status : COUNTED) {
        if (of.isAtLeast(status)) {
          json.writeString(EventStatus.of(status).wireName());
        }
      }
      json.writeEndArray();
    }
    json.writeEndObject();
    Duration oldest = of.oldestWaitingAge(asOf).orElse(Duration.ZERO);
    json.writeNumberField("oldest_waiting_seconds", oldest.toMillis() / 1_000.0);
  }

  private static void writeRates(JsonGenerator json, Rates rates) throws IOException {
    json.writeObjectFieldStart("rates_per_second");
    json.writeObjectFieldStart(rates.name());
    json.writeNumberField("accepted", rounded(rates.accepted(), 100));
    json.writeNumberField("completed", rounded(rates.completed(), 100));
    json.writeNumberField("failed", rounded(rates.failed(), 100));
    json.writeNumberField("retried", rounded(rates.retried(), 100));
    json.writeEndObject();
    json.writeEndObject();
    double ended = rates.completed() + rates.failed();
    if (ended > 0) {
      // Rounded down, so that it is 1 only when nothing failed.
      json.writeNumberField("success", Math.floor(rates.completed() / ended * 10_000) / 10_000);
    }
  }

  private static double rounded(double value, int steps) {
    return Math.round(value * steps) / (double) steps;
  }
}

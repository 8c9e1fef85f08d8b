package dev.sluice.adapter.http.subscription;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.application.UseCases;
import dev.sluice.domain.secret.Secret;
import dev.sluice.domain.subscription.PauseScope;
import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.TypePattern;
import dev.sluice.format.EventWriter;
import dev.sluice.format.Json;
import dev.sluice.format.subscription.SubscriptionFormat;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/// A subscription in responses.
public final class SubscriptionJson {

  private final UseCases useCases;

  public SubscriptionJson(UseCases useCases) {
    this.useCases = useCases;
  }

  /// Returns a subscription with what is in force for it now, as an object.
  public byte[] current(Subscription subscription) {
    return Json.write(json -> writeCurrent(json, subscription));
  }

  /// Returns an edited subscription, with the signing secret that was made for it: the only
  /// response that ever shows it.
  byte[] edited(Subscription subscription, Optional<Secret.Plain> created) {
    return Json.write(
        json -> {
          json.writeStartObject();
          writeCurrentMembers(json, subscription);
          if (created.isPresent()) {
            json.writeStringField("secret", created.get().reveal());
          }
          json.writeEndObject();
        });
  }

  /// Returns the same with its counts and rates.
  byte[] withFigures(Subscription subscription) {
    return Json.write(json -> writeWithFigures(json, subscription, figures()));
  }

  /// Reads the figures of all subscriptions.
  SubscriptionFiguresJson figures() {
    return SubscriptionFiguresJson.of(useCases.figures(), useCases.lanes());
  }

  /// Writes a subscription with what is in force for it now, and its counts and rates.
  void writeWithFigures(
      JsonGenerator json, Subscription subscription, SubscriptionFiguresJson figures)
      throws IOException {
    json.writeStartObject();
    writeCurrentMembers(json, subscription);
    figures.write(json, subscription);
    ReceiverJson.write(json, useCases.receivers().apply(subscription.name()));
    json.writeEndObject();
  }

  private void writeCurrent(JsonGenerator json, Subscription subscription) throws IOException {
    json.writeStartObject();
    writeCurrentMembers(json, subscription);
    json.writeEndObject();
  }

  private void writeCurrentMembers(JsonGenerator json, Subscription subscription)
      throws IOException {
    writeMembers(json, subscription);
    writeInForce(json, subscription);
    PauseJson.write(json, useCases.pauses().of(new PauseScope.One(subscription.name())));
  }

  /// Writes one version of a subscription.
  static void writeVersion(JsonGenerator json, Subscription subscription) throws IOException {
    json.writeStartObject();
    writeMembers(json, subscription);
    json.writeEndObject();
  }

  private static void writeMembers(JsonGenerator json, Subscription subscription)
      throws IOException {
    json.writeStringField("name", subscription.name().value());
    json.writeNumberField("version", subscription.version());
    json.writeStringField("state", subscription.lifecycle().wireName());
    json.writeStringField("origin", subscription.origin().name().toLowerCase(Locale.ROOT));
    if (subscription.origin() != Subscription.Origin.BUILT_IN) {
      json.writeStringField("changed_by", subscription.changedBy());
      EventWriter.writeTime(json, "changed_at", subscription.changedAt());
    }
    SubscriptionFormat.writeMembers(json, subscription.definition());
  }

  /// What earlier versions of the API called the types and the destination, and the retry policy
  /// that is in force, also where the definition has none.
  private void writeInForce(JsonGenerator json, Subscription subscription) throws IOException {
    json.writeArrayFieldStart("patterns");
    for (TypePattern type : subscription.definition().types()) {
      json.writeString(type.glob());
    }
    json.writeEndArray();
    json.writeStringField("handler", subscription.definition().destination().kind());
    RetryPolicy retries = useCases.retries().apply(subscription.name());
    json.writeNumberField("max_retries", retries.maxRetries());
    json.writeNumberField("retry_base_ms", retries.base().toMillis());
    json.writeNumberField("retry_cap_ms", retries.cap().toMillis());
    if (retries.maxAge().isPositive()) {
      json.writeNumberField("retry_max_age_ms", retries.maxAge().toMillis());
    }
  }
}

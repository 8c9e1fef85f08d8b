package dev.sluice.application.receiver;

import dev.sluice.application.intake.EventDraft;
import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.Payload;
import dev.sluice.domain.subscription.Pause;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/// Says that the service paused a subscription.
///
/// @param subscription what was paused
/// @param reason why
/// @param at when
public record PausedEvent(SubscriptionName subscription, String reason, Instant at) {

  /// The type of the event.
  public static final EventType TYPE = new EventType("sluice.subscription.paused");

  private static final String SOURCE = "sluice";

  static PausedEvent of(SubscriptionName subscription, Pause pause) {
    return new PausedEvent(subscription, pause.reason(), pause.at().truncatedTo(ChronoUnit.MILLIS));
  }

  /// Returns the event. Its id is the same each time, so that it is stored once.
  public EventDraft draft() {
    return new EventDraft(
        Optional.of(new EventId(TYPE + "/" + subscription + "/" + at.toEpochMilli())),
        TYPE,
        Optional.of(at),
        new Payload(
            "{\"subscription\":%s,\"reason\":%s,\"paused_at\":\"%s\"}"
                .formatted(quoted(subscription.value()), quoted(reason), at)),
        new Attributes(
            Map.of(Attributes.SOURCE, SOURCE, Attributes.SUBJECT, subscription.value())));
  }

  /// Returns a JSON string. A reason has no control characters.
  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}

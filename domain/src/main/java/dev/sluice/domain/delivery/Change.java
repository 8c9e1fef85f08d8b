package dev.sluice.domain.delivery;

import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.StorableText;
import java.time.Instant;

/// A change of a delivery's state, for live views: short texts only, never the payload, so that
/// many can be kept and sent.
///
/// @param at when it happened, by the time of the node that made it
/// @param event id of the event
/// @param type type of the event
/// @param key ordering key of the event; empty when it has none, or it was not read
/// @param subscription subscription of the delivery; empty when an event was stored that no
///   subscription matches
/// @param status the new status
/// @param attempt number of the attempt that it belongs to; 0 for none
/// @param worker worker of that attempt; empty for none
/// @param error class of the error that ended the attempt; empty for none
/// @param fingerprint of the error that made it a dead letter, see [ErrorFingerprint]; otherwise
///   empty
/// @param message the handler's message, cut to [#MAX_MESSAGE_LENGTH]; empty for none
public record Change(
    Instant at,
    EventId event,
    EventType type,
    String key,
    String subscription,
    EventStatus status,
    int attempt,
    String worker,
    String error,
    String fingerprint,
    String message) {

  /// Longer messages are cut to this many UTF-16 units; the event keeps the whole message.
  public static final int MAX_MESSAGE_LENGTH = 200;

  public Change {
    message = StorableText.cut(message, MAX_MESSAGE_LENGTH);
  }
}

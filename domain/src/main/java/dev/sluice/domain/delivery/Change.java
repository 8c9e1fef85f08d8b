package dev.sluice.domain.delivery;

import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.StorableText;
import java.time.Instant;

/// A change of an event's state, for those who watch: short texts only, never the payload, so that
/// many can be kept and sent on.
///
/// @param at when, by the time of the node that made it
/// @param event which event
/// @param type its type
/// @param key its ordering key; empty when it has none, or it was not looked at
/// @param subscription whose delivery it was; empty when it was the event's deliveries as a whole
/// @param status what it changed to
/// @param attempt the number of the attempt that it belongs to; 0 for none
/// @param worker who makes or made that attempt; empty for none
/// @param error the class of the error that ended it; empty for none
/// @param fingerprint of the error that made it a dead letter, see [ErrorFingerprint]; else empty
/// @param message what the handler said, cut to [#MAX_MESSAGE_LENGTH]; empty for nothing
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

  /// Longer messages are cut to this many UTF-16 units: the whole one is kept with the event.
  public static final int MAX_MESSAGE_LENGTH = 200;

  public Change {
    message = StorableText.cut(message, MAX_MESSAGE_LENGTH);
  }
}

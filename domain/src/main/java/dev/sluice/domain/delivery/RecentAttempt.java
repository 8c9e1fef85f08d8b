package dev.sluice.domain.delivery;

import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;

/// An ended attempt in the list of the newest ones of a subscription.
///
/// @param event the id of its event
/// @param type the type of its event
/// @param attempt the attempt, with what the receiver answered
public record RecentAttempt(EventId event, EventType type, Attempt attempt) {}

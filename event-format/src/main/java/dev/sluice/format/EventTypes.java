package dev.sluice.format;

import dev.sluice.domain.event.EventType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Shares event types among events: a service has few types and millions of events.
final class EventTypes {

  private static final int MAX_SHARED = 10_000;

  private static final Map<String, EventType> SHARED = new ConcurrentHashMap<>();

  private EventTypes() {}

  static EventType of(String text) {
    EventType shared = SHARED.get(text);
    if (shared != null) {
      return shared;
    }
    var type = new EventType(text);
    if (SHARED.size() < MAX_SHARED) {
      SHARED.put(text, type);
    }
    return type;
  }
}

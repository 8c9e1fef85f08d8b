package dev.sluice.domain.port;

import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.event.Event;

/// Processes events.
public interface EventHandler {

  /// Makes one attempt. It may come again for the same event, also at the same time on another
  /// node, so the effect must be the same once or twice; the event's id is the key to tell.
  ///
  /// The calling thread is virtual and is interrupted when the attempt's deadline passes, when its
  /// lease is lost and when the node shuts down: a handler ends soon after that. An exception
  /// counts as a failure that may be retried.
  ///
  /// @throws Exception anything; its class and message are recorded with the attempt
  Outcome handle(Event event, AttemptContext attempt) throws Exception;
}

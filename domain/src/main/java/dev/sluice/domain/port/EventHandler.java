package dev.sluice.domain.port;

import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.event.Event;

/// Processes events.
public interface EventHandler {

  /// Makes one attempt. It may be called again for the same event, also at the same time on another
  /// node, so it must be idempotent; the event's id is the key for that.
  ///
  /// The calling thread is virtual, and may run other attempts afterwards. It is interrupted when
  /// the attempt's deadline passes, when its lease is lost and when the node shuts down; the
  /// handler must return soon after. An exception counts as a failure that can be retried.
  ///
  /// @throws Exception any exception; its class and message are recorded with the attempt
  Outcome handle(Event event, AttemptContext attempt) throws Exception;
}

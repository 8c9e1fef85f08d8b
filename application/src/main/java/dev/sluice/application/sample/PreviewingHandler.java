package dev.sluice.application.sample;

import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.AttemptContext;
import dev.sluice.domain.port.EventHandler;
import java.util.Optional;

/// A handler that can say what an attempt would do.
public interface PreviewingHandler extends EventHandler {

  /// Returns what an attempt would do. Nothing is done, and nothing outside is asked.
  Preview preview(Event event, AttemptContext attempt);

  /// What an attempt would do.
  ///
  /// @param sentence for people
  /// @param output what the receiver would get, to the letter; empty when it gets nothing
  record Preview(String sentence, Optional<String> output) {}
}

package dev.sluice.format.webhook;

import java.util.List;
import java.util.Optional;

/// A place in a template where a value of the event is put in.
///
/// @param path names of the value and of what contains it, from the outside inwards
/// @param fallback the text for an event in which the value is missing or null
record Placeholder(List<String> path, Optional<String> fallback) implements TextPiece {

  static final String PAYLOAD = "payload";
  static final String EXTENSIONS = "extensions";

  Placeholder {
    path = List.copyOf(path);
  }

  /// Returns whether the value is the payload or in it.
  boolean isInPayload() {
    return path.getFirst().equals(PAYLOAD);
  }

  /// Returns the path as it is written.
  String name() {
    return String.join(".", path);
  }
}

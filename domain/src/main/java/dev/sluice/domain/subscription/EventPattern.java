package dev.sluice.domain.subscription;

/// A filter: a condition on type, source, subject, key and payload of an event, in the language of
/// EventBridge patterns.
///
/// @param json the pattern as its author wrote it, at most [#MAX_LENGTH] characters
public record EventPattern(String json) {

  public static final int MAX_LENGTH = 4_096;

  /// @throws IllegalArgumentException when the pattern is empty or too long
  public EventPattern {
    if (json.isEmpty() || json.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "filter must have 1 to " + MAX_LENGTH + " characters, but has " + json.length());
    }
  }
}

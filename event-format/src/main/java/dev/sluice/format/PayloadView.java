package dev.sluice.format;

/// What an answer tells of what is in an event.
public enum PayloadView {
  /// The payload, to the letter.
  WHOLE,

  /// That the caller must not see it.
  HIDDEN,

  /// Nothing: the caller did not ask for it.
  LEFT_OUT
}

package dev.sluice.adapter.http;

/// What an answer tells of what is in an event.
enum PayloadView {
  /// The payload, to the letter.
  WHOLE,

  /// That the caller must not see it.
  HIDDEN,

  /// Nothing: the caller did not ask for it.
  LEFT_OUT
}

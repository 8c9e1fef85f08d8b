package dev.sluice.format;

/// How a response shows the payload of an event.
public enum PayloadView {
  /// The unchanged payload.
  WHOLE,

  /// A note that the caller must not see it.
  HIDDEN,

  /// Nothing, because the caller did not ask for it.
  LEFT_OUT
}

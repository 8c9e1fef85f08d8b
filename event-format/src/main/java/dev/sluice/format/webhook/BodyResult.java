package dev.sluice.format.webhook;

/// A body, or why there is none.
public sealed interface BodyResult {

  /// The body of the request.
  record Rendered(WebhookBody body) implements BodyResult {}

  /// The event does not fit the format. That does not change by itself, so that a retry is of no
  /// use.
  ///
  /// @param reason what is wrong, and how to fix it
  record Unrenderable(String reason) implements BodyResult {}
}

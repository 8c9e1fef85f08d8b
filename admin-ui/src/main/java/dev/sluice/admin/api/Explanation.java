package dev.sluice.admin.api;

/// Why an event is where it is.
public record Explanation(String eventId, Status status, String sentence) {

  /// Checks that all is there.
  public Explanation {
    Required.members("explanation", eventId, status, sentence);
  }
}

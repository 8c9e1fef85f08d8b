package dev.sluice.admin.api;

/// Why an event has its status, in one sentence.
public record Explanation(String eventId, Status status, String sentence) {

  public Explanation {
    Required.members("explanation", eventId, status, sentence);
  }
}

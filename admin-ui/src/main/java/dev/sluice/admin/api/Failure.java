package dev.sluice.admin.api;

/// Why an attempt failed.
///
/// @param error kind of failure, such as an exception name
/// @param message what happened; a stack trace follows in further lines if the handler gave one
public record Failure(String error, String message) {

  public Failure {
    Required.members("failure", error, message);
  }

  /// Returns the kind and the first line of the message, for a table.
  public String summary() {
    String first = message.lines().findFirst().orElse("");
    return first.isEmpty() ? error : error + ": " + first;
  }
}

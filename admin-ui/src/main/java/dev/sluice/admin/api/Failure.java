package dev.sluice.admin.api;

/// Why an attempt failed.
///
/// @param error kind of failure, such as the name of an exception
/// @param message what happened; a stack trace stands in its further lines, if the handler gave one
public record Failure(String error, String message) {

  /// Checks that all is there.
  public Failure {
    Required.members("failure", error, message);
  }

  /// Kind and first line of the message, for a table.
  public String summary() {
    String first = message.lines().findFirst().orElse("");
    return first.isEmpty() ? error : error + ": " + first;
  }
}

package dev.sluice.admin.viewmodel;

/// A short message to the user.
public record Notice(Kind kind, String text) {

  /// Severity of a message.
  public enum Kind {
    DONE,
    WARNING,
    FAILED
  }
}

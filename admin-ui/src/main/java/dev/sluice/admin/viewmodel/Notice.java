package dev.sluice.admin.viewmodel;

/// What the user is told in passing.
public record Notice(Kind kind, String text) {

  /// How it is meant.
  public enum Kind {
    DONE,
    WARNING,
    FAILED
  }
}

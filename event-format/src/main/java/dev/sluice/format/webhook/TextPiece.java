package dev.sluice.format.webhook;

/// A piece of a string in a template.
sealed interface TextPiece permits TextPiece.Words, Placeholder {

  /// Text that stays as it is.
  record Words(String text) implements TextPiece {}
}

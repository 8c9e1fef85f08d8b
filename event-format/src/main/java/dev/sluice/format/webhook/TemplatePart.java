package dev.sluice.format.webhook;

/// A part of a template that was read. All parts in turn are the text of the JSON document.
sealed interface TemplatePart {

  /// JSON text that stays as it is.
  record Literal(String json) implements TemplatePart {}

  /// A whole value: the string of the template with its quotes.
  record Whole(Placeholder placeholder) implements TemplatePart {}

  /// Text inside of a string.
  record Inside(Placeholder placeholder) implements TemplatePart {}
}

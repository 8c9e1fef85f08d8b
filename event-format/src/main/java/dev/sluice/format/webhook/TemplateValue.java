package dev.sluice.format.webhook;

import dev.sluice.format.JsonCursor;
import java.nio.charset.StandardCharsets;

/// A value that a template puts in.
sealed interface TemplateValue {

  /// Text of the event, or a default.
  record Text(String value) implements TemplateValue {

    @Override
    public String text() {
      return value;
    }
  }

  /// A JSON value as it was sent: numbers keep their digits, objects all their members.
  record Raw(String json) implements TemplateValue {

    static final Raw NULL = new Raw("null");

    @Override
    public String text() {
      return json.startsWith("\"")
          ? JsonCursor.document(json.getBytes(StandardCharsets.UTF_8)).string()
          : json;
    }
  }

  /// Returns the value inside of a text: that of a string, and the JSON of anything else.
  String text();
}

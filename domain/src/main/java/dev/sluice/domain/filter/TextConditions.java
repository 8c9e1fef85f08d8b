package dev.sluice.domain.filter;

import dev.sluice.domain.filter.JsonValue.Scalar;
import dev.sluice.domain.filter.JsonValue.Text;

/// Conditions that only texts meet.
final class TextConditions {

  private TextConditions() {}

  /// The text begins with another.
  record Prefix(String prefix) implements Condition {
    @Override
    public boolean matches(Scalar value) {
      return value instanceof Text(String text) && text.startsWith(prefix);
    }
  }

  /// The text ends with another.
  record Suffix(String suffix) implements Condition {
    @Override
    public boolean matches(Scalar value) {
      return value instanceof Text(String text) && text.endsWith(suffix);
    }
  }

  /// The text has another at a place, in upper or lower case.
  record IgnoringCase(CaseInsensitiveText wanted, Place place) implements Condition {

    /// Where the wanted text is.
    enum Place {
      START,
      END,
      WHOLE
    }

    @Override
    public boolean matches(Scalar value) {
      return value instanceof Text(String text)
          && switch (place) {
            case START -> wanted.endIn(text) >= 0;
            case END -> wanted.isAtEndOf(text);
            case WHOLE -> wanted.endIn(text) == text.length();
          };
    }
  }

  /// The text matches a glob.
  record Wildcard(Glob glob) implements Condition {
    @Override
    public boolean matches(Scalar value) {
      return value instanceof Text(String text) && glob.matches(text);
    }
  }
}

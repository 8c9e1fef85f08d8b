package dev.sluice.format;

import dev.sluice.domain.filter.FieldPaths;
import dev.sluice.domain.filter.JsonValue;
import dev.sluice.domain.filter.JsonValue.Elements;
import dev.sluice.domain.filter.JsonValue.Literal;
import dev.sluice.domain.filter.JsonValue.Members;
import dev.sluice.domain.filter.JsonValue.Text;
import dev.sluice.domain.filter.Numeric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the fields of a payload that filters name, in one pass. What no filter names is skipped
/// without being decoded.
///
/// Every payload was validated when it was accepted, so this does not validate it again: other text
/// gives arbitrary fields, or none, but never an endless loop or a deep stack. Used by one thread
/// for one payload.
final class PayloadScanner {

  private static final char END = 0;

  private final String json;
  private int position;

  private PayloadScanner(String json) {
    this.json = json;
  }

  /// Returns the wanted fields. The last one of members with the same name counts.
  static JsonValue read(String json, FieldPaths wanted) {
    try {
      return new PayloadScanner(json).value(wanted, 0);
    } catch (MalformedJsonException | NumberFormatException e) {
      return JsonValue.NOTHING;
    }
  }

  private JsonValue value(FieldPaths wanted, int depth) {
    return switch (next()) {
      case '{' -> wanted.members().isEmpty() ? nothing() : object(wanted, depth);
      case '[' -> list(wanted, depth);
      default -> wanted.isField() ? scalar() : nothing();
    };
  }

  private JsonValue nothing() {
    position = JsonSkip.value(json, position);
    return JsonValue.NOTHING;
  }

  private JsonValue scalar() {
    int start = position;
    position = JsonSkip.value(json, start);
    return switch (json.charAt(start)) {
      case '"' -> new Text(JsonSkip.text(json, start, position));
      case 't' -> Literal.TRUE;
      case 'f' -> Literal.FALSE;
      case 'n' -> Literal.NULL;
      default -> Numeric.of(json.substring(start, position));
    };
  }

  private JsonValue object(FieldPaths wanted, int depth) {
    enter(depth);
    Map<String, JsonValue> members = null;
    while (next() != '}') {
      String name = name(wanted);
      FieldPaths below = name == null ? FieldPaths.NONE : wanted.below(name);
      expect(':');
      if (name == null || below.isEmpty()) {
        next();
        nothing();
      } else {
        members = members == null ? new HashMap<>() : members;
        members.put(name, value(below, depth + 1));
      }
      separator('}');
    }
    position++;
    return members == null ? JsonValue.NOTHING : new Members(members);
  }

  /// Returns the next name; null if its length shows that no filter names it.
  private @Nullable String name(FieldPaths wanted) {
    if (next() != '"') {
      throw malformed();
    }
    int start = position;
    position = JsonSkip.value(json, start);
    boolean isPlain = json.indexOf('\\', start, position) < 0;
    return isPlain && !wanted.mayHave(position - start - 2)
        ? null
        : JsonSkip.text(json, start, position);
  }

  private JsonValue list(FieldPaths wanted, int depth) {
    enter(depth);
    List<JsonValue> elements = new ArrayList<>();
    while (next() != ']') {
      JsonValue element = value(wanted, depth + 1);
      if (!element.equals(JsonValue.NOTHING)) {
        elements.add(element);
      }
      separator(']');
    }
    position++;
    return elements.isEmpty() ? JsonValue.NOTHING : new Elements(elements);
  }

  private void enter(int depth) {
    position++;
    if (depth >= Json.MAX_NESTING) {
      throw malformed();
    }
  }

  private void separator(char closing) {
    char next = next();
    if (next == ',') {
      position++;
    } else if (next != closing) {
      throw malformed();
    }
  }

  private void expect(char character) {
    if (next() != character) {
      throw malformed();
    }
    position++;
  }

  /// Moves to the next character that is not white space.
  private char next() {
    while (position < json.length()) {
      char character = json.charAt(position);
      if (character > ' ') {
        return character;
      }
      position++;
    }
    return END;
  }

  private MalformedJsonException malformed() {
    return new MalformedJsonException("the payload is not valid JSON at " + position);
  }
}

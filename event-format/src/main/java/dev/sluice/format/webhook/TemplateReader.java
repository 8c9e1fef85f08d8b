package dev.sluice.format.webhook;

import dev.sluice.format.FieldProblem;
import dev.sluice.format.JsonCursor;
import dev.sluice.format.JsonEvents;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads the document of a template into parts. Used by one thread for one template.
final class TemplateReader {

  private static final int MAX_DEPTH = 16;
  private static final int MAX_PLACEHOLDERS = 100;
  private static final int MAX_PROBLEMS = 20;

  private final JsonCursor json;
  private final List<TemplatePart> parts = new ArrayList<>();
  private final StringBuilder literal = new StringBuilder();
  private final List<FieldProblem> problems = new ArrayList<>();
  private int placeholders;

  TemplateReader(byte[] text) {
    this.json = JsonCursor.document(text);
  }

  /// Returns the parts; of no use when there are [#problems].
  List<TemplatePart> read() {
    value("", 0);
    json.requireEnd();
    endLiteral();
    if (placeholders > MAX_PLACEHOLDERS) {
      problem("", "must have at most " + MAX_PLACEHOLDERS + " placeholders: remove some");
    }
    return parts;
  }

  List<FieldProblem> problems() {
    return problems;
  }

  private void value(String pointer, int depth) {
    switch (json.kind()) {
      case OBJECT -> {
        if (isDeeper(pointer, depth)) {
          object(pointer, depth + 1);
        }
      }
      case ARRAY -> {
        if (isDeeper(pointer, depth)) {
          array(pointer, depth + 1);
        }
      }
      case STRING -> string(pointer, json.string());
      case NUMBER, TRUE, FALSE, NULL -> literal.append(json.raw());
    }
  }

  /// Returns whether a value may be nested here; skips it otherwise.
  private boolean isDeeper(String pointer, int depth) {
    if (depth < MAX_DEPTH) {
      return true;
    }
    json.skip();
    problem(pointer, "is nested too deeply: at most " + MAX_DEPTH + " levels");
    return false;
  }

  private void object(String pointer, int depth) {
    json.beginObject();
    literal.append('{');
    Set<String> names = new HashSet<>();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      String place = pointer + JsonEvents.pointerTo(name);
      literal.append(names.isEmpty() ? "" : ",").append(JsonText.quoted(name)).append(':');
      if (names.add(name)) {
        value(place, depth);
      } else {
        json.skip();
        problem(place, "is given twice: keep one");
      }
    }
    literal.append('}');
  }

  private void array(String pointer, int depth) {
    json.beginArray();
    literal.append('[');
    for (int index = 0; json.nextElement(); index++) {
      literal.append(index == 0 ? "" : ",");
      value(pointer + "/" + index, depth);
    }
    literal.append(']');
  }

  private void string(String pointer, String text) {
    List<TextPiece> pieces = TextSplitter.split(text, detail -> problem(pointer, detail));
    if (pieces.size() == 1 && pieces.getFirst() instanceof Placeholder placeholder) {
      endLiteral();
      placeholders++;
      parts.add(new TemplatePart.Whole(placeholder));
      return;
    }
    literal.append('"');
    for (TextPiece piece : pieces) {
      switch (piece) {
        case TextPiece.Words(String words) -> literal.append(JsonText.escaped(words));
        case Placeholder placeholder -> {
          endLiteral();
          placeholders++;
          parts.add(new TemplatePart.Inside(placeholder));
        }
      }
    }
    literal.append('"');
  }

  private void endLiteral() {
    if (!literal.isEmpty()) {
      parts.add(new TemplatePart.Literal(literal.toString()));
      literal.setLength(0);
    }
  }

  private void problem(String pointer, String detail) {
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(new FieldProblem(pointer, detail));
    }
  }
}

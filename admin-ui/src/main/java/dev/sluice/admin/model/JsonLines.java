package dev.sluice.admin.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// A JSON text as lines that can be collapsed. Numbers and strings stay exactly as they were sent.
///
/// @param lines in order
/// @param fault syntax error after the last line; empty if there is none
public record JsonLines(List<Line> lines, String fault) {

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(64 << 20).build())
          .build();

  /// Maximum length of a value in the tree; the raw view shows all of it.
  private static final int LONGEST = 2_000;

  /// What a line contains.
  public enum Kind {
    OPEN,
    CLOSE,
    TEXT,
    NUMBER,
    WORD
  }

  /// One line of the tree.
  ///
  /// @param name quoted name of a member; empty for other lines
  /// @param value text of the value or bracket, as the tree shows it
  /// @param end for [Kind#OPEN]: index of the closing line; its own index otherwise
  /// @param inside for [Kind#OPEN]: number of direct children
  public record Line(int depth, String name, String value, Kind kind, int end, int inside) {

    private Line closedBy(int place, int members) {
      return new Line(depth, name, value, kind, place, members);
    }
  }

  /// Splits a text into lines. Text that is not JSON yields the lines up to the error.
  public static JsonLines of(String text) {
    List<Line> lines = new ArrayList<>();
    try (JsonParser parser = FACTORY.createParser(text)) {
      read(parser, lines);
      return new JsonLines(lines, "");
    } catch (IOException wrong) {
      return new JsonLines(
          lines, String.valueOf(wrong.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private static void read(JsonParser parser, List<Line> lines) throws IOException {
    Deque<Integer> open = new ArrayDeque<>();
    Deque<int[]> counts = new ArrayDeque<>();
    String name = "";
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      if (token == JsonToken.FIELD_NAME) {
        name = quoted(parser.currentName());
        continue;
      }
      if (token.isStructEnd()) {
        int from = open.pop();
        lines.set(from, lines.get(from).closedBy(lines.size(), counts.pop()[0]));
        lines.add(new Line(open.size(), "", token.asString(), Kind.CLOSE, lines.size(), 0));
        continue;
      }
      if (!counts.isEmpty()) {
        counts.peek()[0]++;
      }
      lines.add(new Line(open.size(), name, value(parser, token), kind(token), lines.size(), 0));
      if (token.isStructStart()) {
        open.push(lines.size() - 1);
        counts.push(new int[1]);
      }
      name = "";
    }
  }

  private static Kind kind(JsonToken token) {
    return switch (token) {
      case START_OBJECT, START_ARRAY -> Kind.OPEN;
      case VALUE_STRING -> Kind.TEXT;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Kind.NUMBER;
      default -> Kind.WORD;
    };
  }

  private static String value(JsonParser parser, JsonToken token) throws IOException {
    if (token != JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    String text = parser.getText();
    return text.length() > LONGEST
        ? quoted(text.substring(0, LONGEST)) + "… " + Texts.count(text.length()) + " characters"
        : quoted(text);
  }

  private static String quoted(String text) {
    var quoted = new StringBuilder(text.length() + 2).append('"');
    for (int place = 0; place < text.length(); place++) {
      char sign = text.charAt(place);
      switch (sign) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (sign < ' ') {
            quoted.append(String.format("\\u%04x", (int) sign));
          } else {
            quoted.append(sign);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  /// Splits a text into lines of bounded length, for a list that draws only visible lines.
  public static List<String> raw(String text, int width) {
    List<String> pieces = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      int from = 0;
      do {
        int to = Math.min(line.length(), from + width);
        pieces.add(line.substring(from, to));
        from = to;
      } while (from < line.length());
    }
    return pieces;
  }
}

package dev.sluice.adapter.broker.codec;

import java.util.ArrayList;
import java.util.List;

/// Encodes several texts as one line, separated by tabs. A text may contain anything: its own tabs,
/// line feeds, carriage returns and backslashes are written as `\t`, `\n`, `\r` and `\\`.
public final class Fields {

  private static final char PART = '\t';
  private static final char ESCAPE = '\\';

  private Fields() {}

  /// Returns the line that [#split] reads.
  ///
  /// @throws IllegalArgumentException when there are no texts, for which there is no line
  public static String join(List<String> fields) {
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("a line needs at least one field");
    }
    var line = new StringBuilder();
    for (String field : fields) {
      escape(field, line);
      line.append(PART);
    }
    line.setLength(line.length() - 1);
    return line.toString();
  }

  private static void escape(String field, StringBuilder line) {
    for (int index = 0; index < field.length(); index++) {
      char character = field.charAt(index);
      switch (character) {
        case ESCAPE -> line.append("\\\\");
        case PART -> line.append("\\t");
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        default -> line.append(character);
      }
    }
  }

  /// Returns the texts of a line.
  public static List<String> split(String line) {
    var fields = new ArrayList<String>();
    var field = new StringBuilder();
    for (int index = 0; index < line.length(); index++) {
      char character = line.charAt(index);
      if (character == PART) {
        fields.add(field.toString());
        field.setLength(0);
      } else if (character == ESCAPE && index + 1 < line.length()) {
        index++;
        field.append(unescaped(line.charAt(index)));
      } else {
        field.append(character);
      }
    }
    fields.add(field.toString());
    return List.copyOf(fields);
  }

  private static char unescaped(char character) {
    return switch (character) {
      case 't' -> PART;
      case 'n' -> '\n';
      case 'r' -> '\r';
      default -> character;
    };
  }
}

package dev.sluice.domain.text;

import dev.sluice.domain.delivery.Change;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Encodes changes as text: a line with the version, then one for each change, its fields separated
/// by tabs.
///
/// A field that is the same as in the previous line is left empty, which nearly halves the text:
/// consecutive changes are of the same worker and often of the same type.
public final class ChangeCodec {

  private static final String VERSION = "2";
  private static final int FIELDS = 11;

  /// Stands for an empty text, because an empty field repeats the previous line.
  private static final String EMPTY = "\\e";

  private ChangeCodec() {}

  /// Returns the text of these changes. Times are kept to the microsecond.
  public static String encode(List<Change> changes) {
    var text = new StringBuilder(VERSION);
    String[] before = new String[FIELDS];
    Arrays.fill(before, "");
    for (Change change : changes) {
      String[] fields = fields(change);
      for (int field = 0; field < FIELDS; field++) {
        text.append(field == 0 ? '\n' : '\t');
        if (!fields[field].equals(before[field])) {
          escape(fields[field], text);
        }
      }
      before = fields;
    }
    return text.toString();
  }

  private static String[] fields(Change change) {
    return new String[] {
      Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, change.at()), Character.MAX_RADIX),
      change.event().value(),
      change.type().value(),
      change.key(),
      change.subscription(),
      change.status().wireName(),
      Integer.toString(change.attempt()),
      change.worker(),
      change.error(),
      change.fingerprint(),
      change.message()
    };
  }

  private static void escape(String field, StringBuilder text) {
    if (field.isEmpty()) {
      text.append(EMPTY);
      return;
    }
    for (int index = 0; index < field.length(); index++) {
      char character = field.charAt(index);
      switch (character) {
        case '\\' -> text.append("\\\\");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        default -> text.append(character);
      }
    }
  }

  /// Returns the changes in a text.
  ///
  /// @throws IllegalArgumentException when the text is malformed or of another version
  public static List<Change> decode(String text) {
    String[] lines = text.split("\n", -1);
    if (!lines[0].equals(VERSION)) {
      throw new IllegalArgumentException("unknown version of changes: " + lines[0]);
    }
    List<Change> changes = new ArrayList<>(lines.length - 1);
    String[] before = new String[FIELDS];
    Arrays.fill(before, "");
    for (String line : Arrays.asList(lines).subList(1, lines.length)) {
      String[] fields = line.split("\t", -1);
      if (fields.length != FIELDS) {
        throw new IllegalArgumentException(
            "a change must have " + FIELDS + " fields, but has " + fields.length);
      }
      for (int field = 0; field < FIELDS; field++) {
        fields[field] = fields[field].isEmpty() ? before[field] : unescape(fields[field]);
      }
      changes.add(change(fields));
      before = fields;
    }
    return changes;
  }

  private static Change change(String[] fields) {
    return new Change(
        Instant.EPOCH.plus(Long.parseLong(fields[0], Character.MAX_RADIX), ChronoUnit.MICROS),
        new EventId(fields[1]),
        new EventType(fields[2]),
        fields[3],
        fields[4],
        EventStatus.fromWireName(fields[5])
            .orElseThrow(() -> new IllegalArgumentException("unknown status: " + fields[5])),
        Integer.parseInt(fields[6]),
        fields[7],
        fields[8],
        fields[9],
        fields[10]);
  }

  private static String unescape(String field) {
    if (field.indexOf('\\') < 0) {
      return field;
    }
    if (field.equals(EMPTY)) {
      return "";
    }
    var text = new StringBuilder(field.length());
    for (int index = 0; index < field.length(); index++) {
      char character = field.charAt(index);
      if (character == '\\' && index + 1 < field.length()) {
        index++;
        text.append(unescaped(field.charAt(index)));
      } else {
        text.append(character);
      }
    }
    return text.toString();
  }

  private static char unescaped(char character) {
    return switch (character) {
      case 't' -> '\t';
      case 'n' -> '\n';
      default -> character;
    };
  }
}

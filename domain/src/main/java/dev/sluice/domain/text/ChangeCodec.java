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

/// Changes as a text: a line with the version, then one for each change, its fields parted by tabs.
///
/// A field that is the same as in the line before is left empty, which nearly halves the text:
/// neighbours are of one worker and often of one type.
public final class ChangeCodec {

  private static final String VERSION = "2";
  private static final int FIELDS = 11;

  /// An empty text, which an empty field does not mean.
  private static final String EMPTY = "\\e";

  private ChangeCodec() {}

  /// The text of some changes. Times are kept to the microsecond.
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

  /// The changes of a text.
  ///
  /// @throws IllegalArgumentException when it is no such text
  public static List<Change> decode(String text) {
    String[] lines = text.split("\n", -1);
    if (!lines[0].equals(VERSION)) {
      throw new IllegalArgumentException("changes are of version " + lines[0]);
    }
    List<Change> changes = new ArrayList<>(lines.length - 1);
    String[] before = new String[FIELDS];
    Arrays.fill(before, "");
    for (String line : Arrays.asList(lines).subList(1, lines.length)) {
      String[] fields = line.split("\t", -1);
      if (fields.length != FIELDS) {
        throw new IllegalArgumentException("a change has " + fields.length + " fields");
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
            .orElseThrow(() -> new IllegalArgumentException("no such status: " + fields[5])),
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

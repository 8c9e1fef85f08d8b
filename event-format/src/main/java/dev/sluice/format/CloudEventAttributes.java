package dev.sluice.format;

import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.Priority;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Maps the context attributes of CloudEvents 1.0 to those of Sluice.
///
/// `id`, `type`, `time`, `source` and `subject` mean the same in both. The extension `partitionkey`
/// is the ordering key; without it `key` is, which bridges from Kafka send; `traceparent` and
/// `tracestate` are the trace context; `deliverat` is `deliver_at`, and `expirytime` is
/// `expires_at`. All other attributes are kept as extensions; `priority` also is the event's
/// priority if it is a digit.
public final class CloudEventAttributes {

  /// The version of the specification.
  public static final String SPEC_VERSION = "1.0";

  /// The extension that is the ordering key.
  public static final String PARTITION_KEY = "partitionkey";

  /// The extension that is the time before which no delivery begins, as CloudEvents write a
  /// timestamp.
  public static final String DELIVER_AT = "deliverat";

  /// The extension that is the time after which no attempt begins.
  public static final String EXPIRES_AT = "expirytime";

  /// The extension that is the priority where it is a digit. Producers use it with other values
  /// too, so those are no error.
  public static final String PRIORITY = "priority";

  private static final List<String> REQUIRED = List.of("specversion", "id", "source", "type");

  /// Core attributes, whose native type is text.
  private static final Set<String> TEXTS =
      Set.of(
          "specversion",
          "id",
          "source",
          "type",
          "time",
          "subject",
          "datacontenttype",
          "dataschema");

  /// Extensions that are ignored when they are empty.
  private static final Set<String> OPTIONAL =
      Set.of(
          PARTITION_KEY,
          Attributes.KEY,
          Attributes.TRACEPARENT,
          Attributes.TRACESTATE,
          DELIVER_AT,
          EXPIRES_AT);

  private static final int MAX_NAME_LENGTH = 40;
  private static final int MAX_EXTENSIONS = 50;

  private final DraftBuilder draft;
  private final Set<String> seen = new HashSet<>();
  private int extensions;

  public CloudEventAttributes(DraftBuilder draft) {
    this.draft = draft;
  }

  /// Adds an attribute.
  ///
  /// @param pointer its place in the request
  public void put(String pointer, String name, String value) {
    seen.add(name);
    if (OPTIONAL.contains(name) && value.isBlank()) {
      return;
    }
    switch (name) {
      case "specversion" -> specVersion(pointer, value);
      case "id" -> draft.id(pointer, value);
      case "type" -> draft.type(pointer, value);
      case "time" -> draft.occurredAt(pointer, Timestamps.parse(value));
      case "source" -> draft.attribute(pointer, Attributes.SOURCE, value);
      case "subject" -> draft.attribute(pointer, Attributes.SUBJECT, value);
      case PARTITION_KEY, Attributes.KEY -> key(pointer, value);
      case EXPIRES_AT -> draft.expiresAt(pointer, Timestamps.parse(value));
      case DELIVER_AT -> draft.deliverAt(pointer, Timestamps.parse(value));
      default -> extension(pointer, name, value);
    }
  }

  /// Adds an attribute that is an integer or a boolean.
  ///
  /// @param value its canonical text form
  void putUnquoted(String pointer, String name, String value) {
    if (TEXTS.contains(name)) {
      refuse(pointer, name, "must be a string");
    } else if (OPTIONAL.contains(name)) {
      put(pointer, name, value);
    } else if (isExtension(pointer, name)) {
      draft.unquotedAttribute(pointer, name, value);
      priority(pointer, name, value);
    }
  }

  /// Reports that an attribute is present but its value cannot be used.
  public void refuse(String pointer, String name, String problem) {
    seen.add(name);
    draft.problem(pointer, problem);
  }

  /// Reports missing required attributes to the draft.
  ///
  /// @param prefix precedes their names in pointers
  public void requireAll(String prefix) {
    for (String name : REQUIRED) {
      if (!seen.contains(name)) {
        draft.problem(prefix + name, "is required by CloudEvents 1.0");
      }
    }
  }

  private void specVersion(String pointer, String value) {
    if (!value.equals(SPEC_VERSION)) {
      draft.problem(pointer, "must be " + SPEC_VERSION);
    }
  }

  private void key(String pointer, String value) {
    boolean isAnother =
        draft.attribute(Attributes.KEY).filter(key -> !key.equals(value)).isPresent();
    if (isAnother) {
      draft.problem(pointer, "the ordering key is given twice: use partitionkey or key, not both");
    } else {
      draft.attribute(pointer, Attributes.KEY, value);
    }
  }

  private void extension(String pointer, String name, String value) {
    if (isExtension(pointer, name)) {
      draft.attribute(pointer, name, value);
      priority(pointer, name, value);
    }
  }

  private void priority(String pointer, String name, String value) {
    if (name.equals(PRIORITY)) {
      Priority.of(value).ifPresent(level -> draft.priority(pointer, Optional.of(level)));
    }
  }

  private boolean isExtension(String pointer, String name) {
    boolean isName = isExtensionName(name);
    if (!isName) {
      draft.problem(
          pointer,
          "must have a name of 1 to "
              + MAX_NAME_LENGTH
              + " characters from a-z and 0-9, other than data");
    } else if (++extensions > MAX_EXTENSIONS) {
      draft.problem(pointer, "must be left out: at most " + MAX_EXTENSIONS + " extensions");
      return false;
    }
    return isName;
  }

  /// Returns whether an extension may have this name.
  public static boolean isExtensionName(String name) {
    return !name.isEmpty()
        && name.length() <= MAX_NAME_LENGTH
        && !name.equals("data")
        && name.chars()
            .allMatch(
                letter -> (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9'));
  }
}

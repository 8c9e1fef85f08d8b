package dev.sluice.format;

import dev.sluice.domain.event.Attributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Puts the context attributes of CloudEvents 1.0 where Sluice keeps them.
///
/// `id`, `type`, `time`, `source` and `subject` mean the same on both sides. The extension
/// `partitionkey` is the ordering key, and so is `key` without it, which bridges from Kafka send;
/// `traceparent` and `tracestate` are the trace context. Everything else travels along as an
/// extension.
public final class CloudEventAttributes {

  private static final String SPEC_VERSION = "1.0";
  private static final String PARTITION_KEY = "partitionkey";
  private static final List<String> REQUIRED = List.of("specversion", "id", "source", "type");

  /// Attributes of the core, which have no native type but text.
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

  /// Extensions that say nothing when they are empty.
  private static final Set<String> OPTIONAL =
      Set.of(PARTITION_KEY, Attributes.KEY, Attributes.TRACEPARENT, Attributes.TRACESTATE);

  private static final int MAX_NAME_LENGTH = 40;
  private static final int MAX_EXTENSIONS = 50;

  private final DraftBuilder draft;
  private final Set<String> seen = new HashSet<>();
  private int extensions;

  public CloudEventAttributes(DraftBuilder draft) {
    this.draft = draft;
  }

  /// Takes an attribute over.
  ///
  /// @param pointer where it stands in the request
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
      default -> {
        if (isExtension(pointer, name)) {
          draft.attribute(pointer, name, value);
        }
      }
    }
  }

  /// Takes over an attribute that is an integer or a boolean.
  ///
  /// @param value in its canonical text form
  void putUnquoted(String pointer, String name, String value) {
    if (TEXTS.contains(name)) {
      refuse(pointer, name, "must be a string");
    } else if (OPTIONAL.contains(name)) {
      put(pointer, name, value);
    } else if (isExtension(pointer, name)) {
      draft.unquotedAttribute(pointer, name, value);
    }
  }

  /// The attribute is there, but its value cannot be used.
  public void refuse(String pointer, String name, String problem) {
    seen.add(name);
    draft.problem(pointer, problem);
  }

  /// Tells `draft` which required attributes are missing.
  ///
  /// @param prefix what stands before their names in pointers
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

  private boolean isExtension(String pointer, String name) {
    boolean isName =
        !name.isEmpty()
            && name.length() <= MAX_NAME_LENGTH
            && !name.equals("data")
            && name.chars()
                .allMatch(
                    letter -> (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9'));
    if (!isName) {
      draft.problem(
          pointer,
          "must be named with a-z and 0-9, at most " + MAX_NAME_LENGTH + " of them, and not data");
    } else if (++extensions > MAX_EXTENSIONS) {
      draft.problem(pointer, "is one extension too many: at most " + MAX_EXTENSIONS);
      return false;
    }
    return isName;
  }
}

package dev.sluice.adapter.http;

import dev.sluice.domain.event.Attributes;

/// Puts the context attributes of CloudEvents 1.0 where Sluice keeps them.
///
/// `id`, `type`, `time`, `source` and `subject` mean the same on both sides. The extension
/// `partitionkey` is the ordering key and `traceparent` the trace context; everything else travels
/// along as an extension.
final class CloudEventAttributes {

  private static final String SPEC_VERSION = "1.0";
  private static final String PARTITION_KEY = "partitionkey";
  private static final int MAX_NAME_LENGTH = 40;
  private static final int MAX_EXTENSIONS = 50;

  private final DraftBuilder draft;
  private boolean hasSpecVersion;
  private boolean hasId;
  private boolean hasSource;
  private boolean hasType;
  private int extensions;

  CloudEventAttributes(DraftBuilder draft) {
    this.draft = draft;
  }

  /// Takes an attribute over.
  ///
  /// @param pointer where it stands in the request
  void put(String pointer, String name, String value) {
    switch (name) {
      case "specversion" -> specVersion(pointer, value);
      case "id" -> {
        hasId = true;
        draft.id(pointer, value);
      }
      case "type" -> {
        hasType = true;
        draft.type(pointer, value);
      }
      case "time" -> draft.occurredAt(pointer, Timestamps.parse(value));
      case "source" -> {
        hasSource = true;
        draft.attribute(pointer, Attributes.SOURCE, value);
      }
      case "subject" -> draft.attribute(pointer, Attributes.SUBJECT, value);
      case PARTITION_KEY -> draft.attribute(pointer, Attributes.KEY, value);
      default -> extension(pointer, name, value);
    }
  }

  /// Tells `draft` which required attributes are missing.
  ///
  /// @param prefix what stands before their names in pointers
  void requireAll(String prefix) {
    require(hasSpecVersion, prefix + "specversion");
    require(hasId, prefix + "id");
    require(hasSource, prefix + "source");
    require(hasType, prefix + "type");
  }

  private void require(boolean isThere, String pointer) {
    if (!isThere) {
      draft.problem(pointer, "is required by CloudEvents 1.0");
    }
  }

  private void specVersion(String pointer, String value) {
    hasSpecVersion = true;
    if (!value.equals(SPEC_VERSION)) {
      draft.problem(pointer, "must be " + SPEC_VERSION);
    }
  }

  private void extension(String pointer, String name, String value) {
    boolean isName =
        !name.isEmpty()
            && name.length() <= MAX_NAME_LENGTH
            && name.chars()
                .allMatch(
                    letter -> (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9'));
    if (!isName) {
      draft.problem(
          pointer, "must be named with a-z and 0-9, at most " + MAX_NAME_LENGTH + " of them");
    } else if (name.equals(Attributes.KEY)) {
      draft.problem(pointer, "is taken: send the ordering key as the extension " + PARTITION_KEY);
    } else if (++extensions > MAX_EXTENSIONS) {
      draft.problem(pointer, "is one extension too many: at most " + MAX_EXTENSIONS);
    } else {
      draft.attribute(pointer, name, value);
    }
  }
}

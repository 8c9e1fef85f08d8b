package dev.sluice.admin.model;

import java.util.Optional;
import java.util.stream.Stream;

/// The fields of a query: the words before the colons in the query bar.
public enum Field {
  STATUS("status", "event status: failed, retrying, …", "state"),
  TYPE("type", "event type; a * at the end matches any suffix", "event_type"),
  KEY("key", "ordering key", ""),
  SUBSCRIPTION("sub", "subscription name", "subscription"),
  ATTEMPTS("attempts", "attempts so far: 3, 2..5, 3..", "tries"),
  AGE("age", "time since it occurred: <1h, >30m, 1h..2h", ""),
  SINCE("since", "occurred at this time or later", "start"),
  UNTIL("until", "occurred at this time or earlier", "end"),
  ERROR("error", "fingerprint of an error group", ""),
  TEXT("text", "exact text in the payload", ""),
  ID("id", "one event, by its id", "");

  private final String word;
  private final String meaning;
  private final String otherWord;

  Field(String word, String meaning, String otherWord) {
    this.word = word;
    this.meaning = meaning;
    this.otherWord = otherWord;
  }

  /// Returns the word before the colon.
  public String word() {
    return word;
  }

  /// Returns a short explanation for the user.
  public String meaning() {
    return meaning;
  }

  /// Whether the field may occur more than once, with alternative values.
  boolean isRepeatable() {
    return switch (this) {
      case STATUS, TYPE, KEY, SUBSCRIPTION, ERROR -> true;
      case ATTEMPTS, AGE, SINCE, UNTIL, TEXT, ID -> false;
    };
  }

  /// Returns the field with a name.
  static Optional<Field> of(String word) {
    return Stream.of(values())
        .filter(field -> field.word.equals(word) || field.otherWord.equals(word))
        .findFirst();
  }
}

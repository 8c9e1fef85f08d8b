package dev.sluice.admin.model;

import java.util.Optional;
import java.util.stream.Stream;

/// What a query may ask for: the words before the colons of the query bar.
public enum Field {
  STATUS("status", "where events are: failed, retrying, …", "state"),
  TYPE("type", "event type; a star at its end stands for anything", "event_type"),
  KEY("key", "ordering key", ""),
  SUBSCRIPTION("sub", "name of a subscription", "subscription"),
  ATTEMPTS("attempts", "attempts so far: 3, 2..5, 3..", "tries"),
  AGE("age", "how long ago it occurred: <1h, >30m, 1h..2h", ""),
  SINCE("since", "occurred at this time or later", "start"),
  UNTIL("until", "occurred at this time or earlier", "end"),
  ERROR("error", "fingerprint of an error group", ""),
  TEXT("text", "stands in the payload, to the letter", ""),
  ID("id", "one event, by its id", "");

  private final String word;
  private final String meaning;
  private final String otherWord;

  Field(String word, String meaning, String otherWord) {
    this.word = word;
    this.meaning = meaning;
    this.otherWord = otherWord;
  }

  /// What stands before the colon.
  public String word() {
    return word;
  }

  /// What it is for, in a few words.
  public String meaning() {
    return meaning;
  }

  /// Whether it may be named several times, each time with another possibility.
  boolean isRepeatable() {
    return switch (this) {
      case STATUS, TYPE, KEY, SUBSCRIPTION, ERROR -> true;
      case ATTEMPTS, AGE, SINCE, UNTIL, TEXT, ID -> false;
    };
  }

  /// The field of a word.
  static Optional<Field> of(String word) {
    return Stream.of(values())
        .filter(field -> field.word.equals(word) || field.otherWord.equals(word))
        .findFirst();
  }
}

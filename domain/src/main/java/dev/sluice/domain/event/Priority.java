package dev.sluice.domain.event;

import java.util.Optional;

/// How urgent an event is for its producer: 0 to 9, most urgent last.
public record Priority(int level) implements Comparable<Priority> {

  /// The most urgent.
  public static final int MAX_LEVEL = 9;

  /// The priority of events that name none.
  public static final Priority DEFAULT = new Priority(5);

  /// @throws IllegalArgumentException when the level is not from 0 to 9
  public Priority {
    if (level < 0 || level > MAX_LEVEL) {
      throw new IllegalArgumentException("the priority must be 0 to 9, but was " + level);
    }
  }

  /// Reads one digit; empty when the text is anything else.
  public static Optional<Priority> of(String text) {
    return text.length() == 1 && text.charAt(0) >= '0' && text.charAt(0) <= '9'
        ? Optional.of(new Priority(text.charAt(0) - '0'))
        : Optional.empty();
  }

  public boolean isDefault() {
    return equals(DEFAULT);
  }

  @Override
  public int compareTo(Priority other) {
    return Integer.compare(level, other.level);
  }

  @Override
  public String toString() {
    return String.valueOf(level);
  }
}

package dev.sluice.domain.port;

/// A position in the list of all events, newest first: just after the event with the sequence
/// `position`.
///
/// A storage assigns sequences to events in the order in which it stores them, from 1.
///
/// @param position events with a smaller sequence follow
public record Cursor(long position) {

  /// Before the newest event: all events follow.
  public static final Cursor START = new Cursor(Long.MAX_VALUE);

  /// After the oldest event: none follows.
  public static final Cursor END = new Cursor(0);

  /// @throws IllegalArgumentException when the position is negative
  public Cursor {
    if (position < 0) {
      throw new IllegalArgumentException(
          "cursor position must not be negative, but was " + position);
    }
  }
}

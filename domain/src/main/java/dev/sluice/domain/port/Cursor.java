package dev.sluice.domain.port;

/// A place in the list of all events, newest first: just before the event that was stored as number
/// `position`.
///
/// A storage numbers its events in the order in which it stores them, from 1.
///
/// @param position events with a smaller number follow
public record Cursor(long position) {

  /// Before the newest event.
  public static final Cursor START = new Cursor(Long.MAX_VALUE);

  /// Behind the oldest event: nothing follows.
  public static final Cursor END = new Cursor(0);

  /// @throws IllegalArgumentException when the position is negative
  public Cursor {
    if (position < 0) {
      throw new IllegalArgumentException(
          "cursor position must not be negative, but was " + position);
    }
  }
}

package dev.sluice.domain.port;

import java.util.List;

/// A part of a list.
///
/// @param items the items of this page
/// @param next where the next page begins, [Cursor#END] when there is none
public record Page<T>(List<T> items, Cursor next) {

  public Page {
    items = List.copyOf(items);
  }

  /// Returns whether another page may follow.
  public boolean hasNext() {
    return !next.equals(Cursor.END);
  }
}

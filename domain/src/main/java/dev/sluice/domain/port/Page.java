package dev.sluice.domain.port;

import java.util.List;

/// Part of a list.
///
/// @param items what is on this page
/// @param next where the next page begins, [Cursor#END] when there is none
public record Page<T>(List<T> items, Cursor next) {

  public Page {
    items = List.copyOf(items);
  }

  /// Whether another page may follow.
  public boolean hasNext() {
    return !next.equals(Cursor.END);
  }
}

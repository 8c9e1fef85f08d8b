package dev.sluice.domain.port;

/// The requested part of a list.
///
/// @param after where the page begins
/// @param limit maximum number of items, 1 to [#MAX_LIMIT]
public record PageRequest(Cursor after, int limit) {

  /// Maximum number of items on a page.
  public static final int MAX_LIMIT = 500;

  /// A page ends early when its payloads and attributes reach this many UTF-16 units.
  public static final int MAX_CHARACTERS = 8 * 1024 * 1024;

  /// @throws IllegalArgumentException when the limit is out of range
  public PageRequest {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", but was " + limit);
    }
  }

  /// Requests the first page.
  public static PageRequest first(int limit) {
    return new PageRequest(Cursor.START, limit);
  }
}

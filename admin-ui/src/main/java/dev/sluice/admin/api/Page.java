package dev.sluice.admin.api;

import java.util.List;
import java.util.Optional;

/// One page of a list.
///
/// @param next cursor of the next page; empty after the last page. A page can be shorter than
///   requested and still have a next page
public record Page<T>(List<T> items, Optional<String> next) {

  public Page {
    items = List.copyOf(items);
  }
}

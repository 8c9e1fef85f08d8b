package dev.sluice.admin.api;

import java.util.List;
import java.util.Optional;

/// A part of a list.
///
/// @param next where the following part begins; empty after the last one. A page may be shorter
///   than was asked for and still have a next one
public record Page<T>(List<T> items, Optional<String> next) {

  public Page {
    items = List.copyOf(items);
  }
}

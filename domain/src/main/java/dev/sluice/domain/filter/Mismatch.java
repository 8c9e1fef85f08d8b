package dev.sluice.domain.filter;

import java.util.List;

/// Why an event does not match a filter.
public sealed interface Mismatch {

  /// A field meets none of its conditions.
  ///
  /// @param path the names of members that lead to the field
  /// @param pointer the place of the conditions in the pattern, as a JSON Pointer
  /// @param conditions the conditions as they are written in the pattern
  /// @param isAbsent whether the event does not have the field
  record FailedField(List<String> path, String pointer, String conditions, boolean isAbsent)
      implements Mismatch {
    public FailedField {
      path = List.copyOf(path);
    }
  }

  /// No alternative of an `$or` holds.
  ///
  /// @param alternatives why, in the order of the pattern
  record NoAlternative(List<Mismatch> alternatives) implements Mismatch {
    public NoAlternative {
      alternatives = List.copyOf(alternatives);
    }
  }

  /// Each field meets its conditions on its own, but no element of an array meets all of them.
  ///
  /// @param paths the fields
  record DifferentElements(List<List<String>> paths) implements Mismatch {
    public DifferentElements {
      paths = List.copyOf(paths);
    }
  }
}

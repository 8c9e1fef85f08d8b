package dev.sluice.admin.api;

import org.jspecify.annotations.Nullable;

/// Checks that an answer has what it must have: a value that is missing would come up much later,
/// far from the answer that lacked it.
final class Required {

  private Required() {}

  /// @throws IllegalArgumentException when one is missing
  static void members(String of, @Nullable Object... members) {
    for (Object member : members) {
      if (member == null) {
        throw new IllegalArgumentException("a member of " + of + " is missing");
      }
    }
  }
}

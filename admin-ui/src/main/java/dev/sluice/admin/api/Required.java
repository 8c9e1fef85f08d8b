package dev.sluice.admin.api;

import org.jspecify.annotations.Nullable;

/// Checks that a response has all required members. A missing value would otherwise surface much
/// later, far from the response that lacked it.
final class Required {

  private Required() {}

  /// Returns a member.
  ///
  /// @throws IllegalArgumentException if it is missing
  static <T> T member(String of, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException("a member of " + of + " is missing");
    }
    return value;
  }

  /// @throws IllegalArgumentException if a member is missing
  static void members(String of, @Nullable Object... members) {
    for (Object member : members) {
      member(of, member);
    }
  }
}

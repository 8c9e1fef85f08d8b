package dev.sluice.adapter.http;

import java.util.Optional;

/// Checks header values that become part of an event.
///
/// Helidon reads headers as ASCII and substitutes one replacement character for everything else, so
/// that different values look the same: as event ids they would be taken for duplicates of each
/// other.
public final class HeaderText {

  private HeaderText() {}

  /// Returns what is wrong with `value`, if anything.
  public static Optional<String> problemWith(String value) {
    boolean isPlain = value.chars().allMatch(character -> character >= ' ' && character <= '~');
    return isPlain ? Optional.empty() : Optional.of("must be ASCII; percent-encode anything else");
  }
}

package dev.sluice.adapter.http;

import java.util.Optional;

/// What a header's value must look like before it becomes part of an event.
///
/// Helidon reads headers as ASCII and puts one replacement character for everything else, so that
/// different values look the same: as event ids they would be taken for repeats of each other.
public final class HeaderText {

  private HeaderText() {}

  /// Says what is wrong with `value`, or nothing when it may be used.
  public static Optional<String> problemWith(String value) {
    boolean isPlain = value.chars().allMatch(character -> character >= ' ' && character <= '~');
    return isPlain ? Optional.empty() : Optional.of("must be ASCII; percent-encode anything else");
  }
}

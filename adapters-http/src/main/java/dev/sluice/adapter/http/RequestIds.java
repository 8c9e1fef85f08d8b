package dev.sluice.adapter.http;

import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/// Assigns each request an id that identifies it in its response, in the log, and to its client.
public final class RequestIds {

  private static final int MAX_LENGTH = 100;

  /// Spreads consecutive numbers over all 64 bits (the golden ratio's odd multiplier, after Knuth),
  /// so that ids of two processes hardly ever collide.
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final AtomicLong next;

  /// @param seed a random number
  public RequestIds(long seed) {
    next = new AtomicLong(seed);
  }

  /// Returns the id that the client sent if it is 1 to 100 letters, digits and `-_.:/+=@`;
  /// otherwise a new one.
  public String accept(String sent) {
    return isSane(sent) ? sent : create();
  }

  public String create() {
    return HexFormat.of().toHexDigits(next.getAndIncrement() * SPREAD);
  }

  private static boolean isSane(String sent) {
    if (sent.isEmpty() || sent.length() > MAX_LENGTH) {
      return false;
    }
    for (int index = 0; index < sent.length(); index++) {
      char character = sent.charAt(index);
      boolean isAllowed =
          (character >= 'a' && character <= 'z')
              || (character >= 'A' && character <= 'Z')
              || (character >= '-' && character <= ':')
              || "_+=@".indexOf(character) >= 0;
      if (!isAllowed) {
        return false;
      }
    }
    return true;
  }
}

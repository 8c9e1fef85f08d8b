package dev.sluice.domain.schedule;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Which missed ticks of a schedule still get their events.
public enum CatchUp {
  /// None of them.
  NONE(0),
  /// The newest one.
  LAST(1),
  /// Each, up to a limit: without it, a schedule of every minute would fill the backlog after a
  /// long outage.
  ALL(100);

  private final int limit;

  CatchUp(int limit) {
    this.limit = limit;
  }

  /// Returns how many missed ticks get their events, the newest ones; the others get none.
  public int limit() {
    return limit;
  }

  /// Returns the name in the API.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Returns the constant with this name in the API.
  public static Optional<CatchUp> named(String wireName) {
    return Arrays.stream(values()).filter(one -> one.wireName().equals(wireName)).findAny();
  }
}

package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.Stats;
import dev.sluice.admin.model.Texts;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// How a subscription performs.
///
/// @param totals counts since the nodes started; empty when the service counts it among others
/// @param rate ended deliveries per second
/// @param deadLetters its dead letters
/// @param hasMore whether there may be more dead letters, in error groups that were not listed
public record SubscriptionFigures(
    Optional<Stats.Totals> totals, OptionalDouble rate, long deadLetters, boolean hasMore) {

  private static final String UNKNOWN = "–";

  /// Returns the rate for a table.
  public String rateText() {
    return rate.isPresent() ? Texts.rate(rate.getAsDouble()) : UNKNOWN;
  }

  /// Returns the share of ended deliveries that succeeded.
  public String successText() {
    return totals
        .filter(some -> some.completed() + some.failed() > 0)
        .map(some -> share(some.completed(), some.completed() + some.failed()))
        .orElse(UNKNOWN);
  }

  /// Returns a percentage that is 100 only when nothing failed.
  private static String share(long part, long whole) {
    double percent = Math.floor(10_000.0 * part / whole) / 100;
    return part == whole ? "100 %" : String.format(Locale.ROOT, "%.2f %%", percent);
  }

  /// Returns the number of dead letters for a table.
  public String deadText() {
    return Texts.count(deadLetters) + (hasMore ? "+" : "");
  }
}

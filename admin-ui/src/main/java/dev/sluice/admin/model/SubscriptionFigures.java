package dev.sluice.admin.model;

import dev.sluice.admin.api.DeliveryCounts;
import dev.sluice.admin.api.Stats;
import dev.sluice.admin.api.Subscription;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// How a subscription performs.
///
/// @param deliveries its deliveries by status; empty while unknown, and from an older service
/// @param oldestSeconds how long the oldest waiting delivery has been due; 0 if none is
/// @param totals counts since the nodes started; empty when the service counts it among others
/// @param rate ended deliveries per second
/// @param success share of ended deliveries that succeeded
/// @param deadLetters its dead letters
/// @param hasMore whether there may be more dead letters, in error groups that were not listed
public record SubscriptionFigures(
    Optional<DeliveryCounts> deliveries,
    OptionalDouble oldestSeconds,
    Optional<Stats.Totals> totals,
    OptionalDouble rate,
    OptionalDouble success,
    long deadLetters,
    boolean hasMore) {

  private static final String UNKNOWN = "–";

  /// Returns what the statistics and the error groups tell about a subscription.
  public static SubscriptionFigures of(
      Optional<Stats.Totals> totals, OptionalDouble rate, long deadLetters, boolean hasMore) {
    return new SubscriptionFigures(
        Optional.empty(),
        OptionalDouble.empty(),
        totals,
        rate,
        success(totals),
        deadLetters,
        hasMore);
  }

  private static OptionalDouble success(Optional<Stats.Totals> totals) {
    return totals
        .filter(some -> some.completed() + some.failed() > 0)
        .map(some -> some.completed() / (double) (some.completed() + some.failed()))
        .map(OptionalDouble::of)
        .orElse(OptionalDouble.empty());
  }

  /// Returns a copy with what the service reports with the subscription itself.
  public SubscriptionFigures with(Subscription reported) {
    Optional<Stats.Rates> recent = reported.lastMinute();
    return new SubscriptionFigures(
        Optional.ofNullable(reported.deliveries()),
        optional(reported.oldestWaitingSeconds()),
        totals,
        recent.map(some -> OptionalDouble.of(some.completed() + some.failed())).orElse(rate),
        recent.map(_ -> optional(reported.success())).orElse(success),
        deadLetters,
        hasMore);
  }

  private static OptionalDouble optional(@Nullable Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /// Returns the number of waiting deliveries for a table.
  public String waitingText() {
    return deliveries.map(some -> Texts.count(some.waiting()) + orMore()).orElse(UNKNOWN);
  }

  /// Returns how long the oldest waiting delivery has been due, for a table.
  public String oldestText() {
    if (oldestSeconds.isEmpty()) {
      return UNKNOWN;
    }
    double seconds = oldestSeconds.getAsDouble();
    String none = orMore().isEmpty() ? "none" : UNKNOWN;
    return seconds > 0 ? Texts.seconds(seconds) + orMore() : none;
  }

  /// Returns a plus if there may be waiting deliveries that were not counted.
  private String orMore() {
    return deliveries.filter(DeliveryCounts::isWaitingAtLeast).isPresent() ? "+" : "";
  }

  /// Returns the rate for a table.
  public String rateText() {
    return rate.isPresent() ? Texts.rate(rate.getAsDouble()) : UNKNOWN;
  }

  /// Returns the share of ended deliveries that succeeded.
  public String successText() {
    return success.isPresent() ? percent(success.getAsDouble()) : UNKNOWN;
  }

  /// Returns a percentage that is 100 only when nothing failed.
  private static String percent(double share) {
    // Rounded down; the addend is for shares that have no exact form.
    double percent = Math.min(9_999, Math.floor(10_000 * share + 1e-6)) / 100;
    return share >= 1 ? "100 %" : String.format(Locale.ROOT, "%.2f %%", percent);
  }

  /// Returns the number of dead letters for a table.
  public String deadText() {
    return Texts.count(deadLetters) + (hasMore ? "+" : "");
  }
}

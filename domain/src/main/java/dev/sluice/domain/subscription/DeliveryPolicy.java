package dev.sluice.domain.subscription;

import java.time.Duration;
import java.util.Optional;

/// How the deliveries of a subscription are processed. What is empty follows the configuration of
/// the service.
///
/// @param retry what happens after a failed attempt
/// @param timeout how long an attempt may take, more than zero and at most [#MAX_TIMEOUT]
/// @param concurrency maximum number of attempts in progress on all nodes together, 1 to
///   [#MAX_CONCURRENCY]; without it only the nodes' slots limit them
/// @param rate how many attempts may begin in a time; without it, any number
/// @param delay how long after its event a delivery begins, more than zero and at most
///   [#MAX_DELAY]; without it, at once
/// @param ordering in which order deliveries are processed; without it, in any
public record DeliveryPolicy(
    Optional<RetryPolicy> retry,
    Optional<Duration> timeout,
    Optional<Integer> concurrency,
    Optional<RateLimit> rate,
    Optional<Duration> delay,
    Optional<Ordering> ordering) {

  public static final Duration MAX_TIMEOUT = Duration.ofHours(1);
  public static final int MAX_CONCURRENCY = 100_000;
  public static final Duration MAX_DELAY = Duration.ofDays(366);

  /// Follows the configuration of the service in everything.
  public static final DeliveryPolicy DEFAULT =
      new DeliveryPolicy(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /// Creates a policy that neither delays nor orders.
  public DeliveryPolicy(
      Optional<RetryPolicy> retry,
      Optional<Duration> timeout,
      Optional<Integer> concurrency,
      Optional<RateLimit> rate) {
    this(retry, timeout, concurrency, rate, Optional.empty(), Optional.empty());
  }

  /// @throws IllegalArgumentException when a value is out of range
  public DeliveryPolicy {
    if (timeout.filter(time -> !time.isPositive() || time.compareTo(MAX_TIMEOUT) > 0).isPresent()) {
      throw new IllegalArgumentException(
          "timeout must be more than zero and at most an hour, but was " + timeout.get());
    }
    if (concurrency.filter(most -> most < 1 || most > MAX_CONCURRENCY).isPresent()) {
      throw new IllegalArgumentException(
          "concurrency must be 1 to " + MAX_CONCURRENCY + ", but was " + concurrency.get());
    }
    if (delay.filter(time -> !time.isPositive() || time.compareTo(MAX_DELAY) > 0).isPresent()) {
      throw new IllegalArgumentException(
          "delay must be more than zero and at most 366 days, but was " + delay.get());
    }
  }
}

package dev.sluice.format.subscription;

import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.domain.text.DurationCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads a retry policy from JSON.
final class RetryReader {

  private static final int MAX_RETRIES = 1_000;
  private static final Duration MAX_WAIT = Duration.ofDays(30);
  private static final String WAITS_RULE =
      "must be an array of 1 to " + RetryPolicy.MAX_WAITS + " durations";

  private final MemberReader members;
  private int maxRetries;
  private Duration base;
  private double factor;
  private Duration cap;
  private Duration maxAge;
  private final List<Duration> waits = new ArrayList<>();
  private boolean hasWaits;

  /// The members that a list of waits replaces, as far as they were given.
  private final List<String> replaced = new ArrayList<>();

  private RetryReader(MemberReader members, RetryPolicy defaults) {
    this.members = members;
    this.maxRetries = defaults.maxRetries();
    this.base = defaults.base();
    this.factor = defaults.factor();
    this.cap = defaults.cap();
    this.maxAge = defaults.maxAge();
  }

  /// Reads the next value; its problems are in `members`.
  ///
  /// @param defaults for absent members
  static RetryPolicy read(MemberReader members, String pointer, RetryPolicy defaults) {
    var reader = new RetryReader(members, defaults);
    var _ =
        members.object(
            pointer,
            Map.of(
                "waits", reader::readWaits,
                "max_retries", reader::readMaxRetries,
                "base", reader::readBase,
                "factor", reader::readFactor,
                "cap", reader::readCap,
                "max_age", reader::readMaxAge));
    return reader.policy(pointer);
  }

  private void readWaits(String pointer) {
    hasWaits = true;
    int given =
        members.array(
            pointer,
            WAITS_RULE,
            place -> members.duration(place, Duration.ZERO, MAX_WAIT).ifPresent(waits::add));
    if (given == 0 || given > RetryPolicy.MAX_WAITS) {
      members.problem(pointer, WAITS_RULE);
    }
  }

  private void readMaxRetries(String pointer) {
    replaced.add(pointer);
    members.integer(pointer, 0, MAX_RETRIES).ifPresent(most -> maxRetries = most);
  }

  private void readBase(String pointer) {
    replaced.add(pointer);
    members.duration(pointer, Duration.ZERO, MAX_WAIT).ifPresent(wait -> base = wait);
  }

  private void readFactor(String pointer) {
    replaced.add(pointer);
    members.number(pointer, 1, RetryPolicy.MAX_FACTOR).ifPresent(number -> factor = number);
  }

  private void readCap(String pointer) {
    replaced.add(pointer);
    members.duration(pointer, Duration.ZERO, MAX_WAIT).ifPresent(wait -> cap = wait);
  }

  private void readMaxAge(String pointer) {
    members.duration(pointer, Duration.ZERO, DurationCodec.MAX).ifPresent(age -> maxAge = age);
  }

  private RetryPolicy policy(String pointer) {
    if (hasWaits) {
      replaced.forEach(
          given -> members.problem(given, "cannot be combined with waits: remove one of them"));
      boolean isUsable = !waits.isEmpty() && waits.size() <= RetryPolicy.MAX_WAITS;
      return isUsable ? RetryPolicy.waiting(waits, maxAge) : RetryPolicy.DEFAULT;
    }
    if (cap.compareTo(base) < 0) {
      members.problem(
          pointer + "/cap",
          "must be at least base: "
              + DurationCodec.encode(cap)
              + " is less than "
              + DurationCodec.encode(base));
      cap = base;
    }
    return new RetryPolicy(maxRetries, base, factor, cap, maxAge);
  }
}

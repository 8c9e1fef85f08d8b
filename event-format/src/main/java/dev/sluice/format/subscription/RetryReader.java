package dev.sluice.format.subscription;

import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.domain.text.DurationCodec;
import java.time.Duration;
import java.util.Map;

/// Reads a retry policy from JSON.
final class RetryReader {

  private static final int MAX_RETRIES = 1_000;
  private static final Duration MAX_WAIT = Duration.ofDays(30);

  private final MemberReader members;
  private int maxRetries;
  private Duration base;
  private double factor;
  private Duration cap;
  private Duration maxAge;

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
                "max_retries", reader::readMaxRetries,
                "base", reader::readBase,
                "factor", reader::readFactor,
                "cap", reader::readCap,
                "max_age", reader::readMaxAge));
    return reader.policy(pointer);
  }

  private void readMaxRetries(String pointer) {
    members.integer(pointer, 0, MAX_RETRIES).ifPresent(most -> maxRetries = most);
  }

  private void readBase(String pointer) {
    members.duration(pointer, Duration.ZERO, MAX_WAIT).ifPresent(wait -> base = wait);
  }

  private void readFactor(String pointer) {
    members.number(pointer, 1, RetryPolicy.MAX_FACTOR).ifPresent(number -> factor = number);
  }

  private void readCap(String pointer) {
    members.duration(pointer, Duration.ZERO, MAX_WAIT).ifPresent(wait -> cap = wait);
  }

  private void readMaxAge(String pointer) {
    members.duration(pointer, Duration.ZERO, DurationCodec.MAX).ifPresent(age -> maxAge = age);
  }

  private RetryPolicy policy(String pointer) {
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

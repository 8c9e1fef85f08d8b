package dev.sluice.domain.delivery;

import dev.sluice.domain.subscription.SubscriptionName;
import java.util.HexFormat;
import java.util.Optional;

/// Names a kind of failure: dead letters of the same subscription, and so of the same handler,
/// whose errors are of the same class and whose messages differ only in numbers, ids, addresses and
/// quoted texts have the same fingerprint.
///
/// It is a 64-bit FNV-1a hash (Fowler, Noll, Vo; draft-eastlake-fnv), the same on every node and
/// after every restart. Two kinds out of a million share one with a chance of about 1 in 37
/// million.
///
/// @param value the hash
public record ErrorFingerprint(long value) {

  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;
  private static final int DIGITS = 16;

  /// Of a failure that a delivery of this subscription met.
  public static ErrorFingerprint of(SubscriptionName subscription, FailureCause cause) {
    long hash = add(OFFSET, subscription.value());
    hash = add(hash, cause.kind().name());
    hash = add(hash, cause.error());
    return new ErrorFingerprint(add(hash, ErrorPattern.of(cause.message())));
  }

  /// What the messages of such failures have in common.
  public static String patternOf(FailureCause cause) {
    return ErrorPattern.of(cause.message());
  }

  /// Reads what [#toString] wrote; nothing when it is no fingerprint.
  public static Optional<ErrorFingerprint> parse(String text) {
    boolean isHex =
        text.length() == DIGITS
            && text.chars().allMatch(digit -> "0123456789abcdef".indexOf(digit) >= 0);
    return isHex
        ? Optional.of(new ErrorFingerprint(HexFormat.fromHexDigitsToLong(text)))
        : Optional.empty();
  }

  /// 16 hexadecimal digits.
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(value);
  }

  /// Ends each text with a character of its own, so that `a`, `bc` differs from `ab`, `c`.
  private static long add(long hash, String text) {
    long sum = hash;
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      sum = (sum ^ (character & 0xff)) * PRIME;
      sum = (sum ^ (character >>> 8)) * PRIME;
    }
    return (sum ^ 0xff) * PRIME;
  }
}

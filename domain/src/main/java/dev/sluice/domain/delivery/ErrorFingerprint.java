package dev.sluice.domain.delivery;

import dev.sluice.domain.subscription.SubscriptionName;
import java.util.HexFormat;
import java.util.Optional;

/// Identifies a kind of failure. Dead letters have the same fingerprint when they belong to the
/// same subscription, and so to the same handler, when their errors are of the same class, and when
/// their messages differ only in numbers, ids, addresses and quoted texts.
///
/// It is a 64-bit FNV-1a hash (Fowler, Noll, Vo; draft-eastlake-fnv), the same on every node and
/// after every restart. The probability that any two of a million kinds share a fingerprint is
/// about 1 in 37 million.
///
/// @param value the hash
public record ErrorFingerprint(long value) {

  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;
  private static final int DIGITS = 16;

  /// Returns the fingerprint of a failure of a delivery of this subscription.
  public static ErrorFingerprint of(SubscriptionName subscription, FailureCause cause) {
    long hash = add(OFFSET, subscription.value());
    hash = add(hash, cause.kind().name());
    hash = add(hash, cause.error());
    return new ErrorFingerprint(add(hash, ErrorPattern.of(cause.message())));
  }

  /// Returns the part that the messages of such failures have in common.
  public static String patternOf(FailureCause cause) {
    return ErrorPattern.of(cause.message());
  }

  /// Parses the result of [#toString]; empty when the text is not a fingerprint.
  public static Optional<ErrorFingerprint> parse(String text) {
    boolean isHex =
        text.length() == DIGITS
            && text.chars().allMatch(digit -> "0123456789abcdef".indexOf(digit) >= 0);
    return isHex
        ? Optional.of(new ErrorFingerprint(HexFormat.fromHexDigitsToLong(text)))
        : Optional.empty();
  }

  /// Returns 16 hexadecimal digits.
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(value);
  }

  /// Ends each text with a separator, so that `a`, `bc` differs from `ab`, `c`.
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

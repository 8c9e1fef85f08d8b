package dev.sluice.domain.filter;

import java.util.Optional;

/// An IP address. One of version 6 that stands for one of version 4 is that one.
///
/// @param length 32 or 128 bits
/// @param high the first 64 bits of version 6; 0 in version 4
/// @param low the last 64 bits; all bits of version 4
record IpAddress(int length, long high, long low) {

  private static final int V4 = 32;
  private static final int V6 = 128;
  private static final int GROUPS = 8;

  /// The first 96 bits of an address of version 4 in version 6 are 80 zeros and 16 ones.
  private static final long MAPPED = 0xFFFFL;

  private static final int LONGEST = 45;

  /// Returns the address that a text stands for, if it does.
  static Optional<IpAddress> parse(String text) {
    if (text.length() > LONGEST || text.length() < 2) {
      return Optional.empty();
    }
    return text.indexOf(':') >= 0 ? parseV6(text) : parseV4(text);
  }

  /// Returns whether it is of version 6, in which one address has many spellings.
  boolean isV6() {
    return length == V6;
  }

  private static Optional<IpAddress> parseV4(String text) {
    long bits = 0;
    int from = 0;
    for (int octet = 0; octet < 4; octet++) {
      int end = octet < 3 ? text.indexOf('.', from) : text.length();
      int value = end < 0 ? -1 : octet(text, from, end);
      if (value < 0) {
        return Optional.empty();
      }
      bits = (bits << 8) | value;
      from = end + 1;
    }
    return Optional.of(new IpAddress(V4, 0, bits));
  }

  /// Returns -1 for anything but a decimal number up to 255 without leading zeros: some programs
  /// read such zeros as octal.
  private static int octet(String text, int from, int end) {
    boolean hasLength = end > from && end - from <= 3;
    if (!hasLength || (end - from > 1 && text.charAt(from) == '0')) {
      return -1;
    }
    int value = 0;
    for (int index = from; index < end; index++) {
      int digit = text.charAt(index) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value <= 255 ? value : -1;
  }

  private static Optional<IpAddress> parseV6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text).filter(all -> all.length == GROUPS).map(IpAddress::of);
    }
    if (text.indexOf("::", gap + 1) >= 0) {
      return Optional.empty();
    }
    Optional<int[]> before = groups(text.substring(0, gap));
    Optional<int[]> after = groups(text.substring(gap + 2));
    if (before.isEmpty() || after.isEmpty() || before.get().length + after.get().length >= GROUPS) {
      return Optional.empty();
    }
    int[] all = new int[GROUPS];
    System.arraycopy(before.get(), 0, all, 0, before.get().length);
    int[] last = after.get();
    System.arraycopy(last, 0, all, GROUPS - last.length, last.length);
    return Optional.of(of(all));
  }

  /// Returns the groups of hexadecimal digits between colons; empty when there is another text.
  private static Optional<int[]> groups(String text) {
    if (text.isEmpty()) {
      return Optional.of(new int[0]);
    }
    String[] parts = text.split(":", -1);
    int[] groups = new int[parts.length];
    for (int index = 0; index < parts.length; index++) {
      groups[index] = group(parts[index]);
      if (groups[index] < 0) {
        return Optional.empty();
      }
    }
    return Optional.of(groups);
  }

  private static int group(String digits) {
    if (digits.isEmpty() || digits.length() > 4) {
      return -1;
    }
    int value = 0;
    for (int index = 0; index < digits.length(); index++) {
      char digit = digits.charAt(index);
      int number = digit < 128 ? Character.digit(digit, 16) : -1;
      if (number < 0) {
        return -1;
      }
      value = value * 16 + number;
    }
    return value;
  }

  private static IpAddress of(int[] groups) {
    long high = 0;
    long low = 0;
    for (int index = 0; index < GROUPS; index++) {
      if (index < GROUPS / 2) {
        high = (high << 16) | groups[index];
      } else {
        low = (low << 16) | groups[index];
      }
    }
    return high == 0 && low >>> 32 == MAPPED
        ? new IpAddress(V4, 0, low & 0xFFFF_FFFFL)
        : new IpAddress(V6, high, low);
  }

  /// Returns whether its first bits are those of a network of the same version.
  boolean isIn(IpAddress network, int bits) {
    if (length != network.length) {
      return false;
    }
    if (length == V4) {
      return startsLike(low << V4, network.low << V4, bits);
    }
    return startsLike(high, network.high, Math.min(bits, 64))
        && startsLike(low, network.low, Math.max(0, bits - 64));
  }

  private static boolean startsLike(long one, long other, int bits) {
    return bits == 0 || (one ^ other) >>> (64 - bits) == 0;
  }
}

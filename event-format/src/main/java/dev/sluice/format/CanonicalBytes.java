package dev.sluice.format;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// A growing byte array with the building blocks of canonical forms.
///
/// Each value begins with a tag that is not the first byte of any text, and each text ends with
/// [#END], which is within none: so no two values have the same bytes.
final class CanonicalBytes {

  /// Ends a text, a list of members, a list of elements.
  static final int END = 0xFF;

  private static final int TEXT = 0xFE;
  private static final int ABSENT = 0xFD;

  /// Longer values within objects and lists are replaced by their hash, so that sorting members
  /// moves few bytes at every level.
  private static final int LONGEST_INLINE = 64;

  private static final int HASHED = 0xFC;
  private static final int FIRST_SIZE = 256;

  private byte[] bytes;
  private int length;
  private final MessageDigest sha256 = newSha256();

  /// @param expected expected length of the text
  CanonicalBytes(int expected) {
    this.bytes = new byte[Math.min(FIRST_SIZE, expected) + FIRST_SIZE];
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime must have SHA-256", e);
    }
  }

  int length() {
    return length;
  }

  /// Writes a byte.
  void tag(int value) {
    room(1);
    bytes[length++] = (byte) value;
  }

  void absent() {
    tag(ABSENT);
  }

  /// Writes a text with its tag and end.
  void text(String text) {
    tag(TEXT);
    for (int index = 0; index < text.length(); index++) {
      unit(text.charAt(index));
    }
    tag(END);
  }

  void beginText() {
    tag(TEXT);
  }

  /// Writes a UTF-16 unit in one to three bytes. Surrogates are written individually, because a
  /// JSON string may contain an unpaired one.
  void unit(char unit) {
    room(3);
    if (unit < 0x80) {
      bytes[length++] = (byte) unit;
    } else if (unit < 0x800) {
      bytes[length++] = (byte) (0xC0 | (unit >> 6));
      bytes[length++] = (byte) (0x80 | (unit & 0x3F));
    } else {
      bytes[length++] = (byte) (0xE0 | (unit >> 12));
      bytes[length++] = (byte) (0x80 | ((unit >> 6) & 0x3F));
      bytes[length++] = (byte) (0x80 | (unit & 0x3F));
    }
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
  }

  /// Replaces what was written since `start` by its hash if it is long.
  void shorten(int start) {
    if (length - start <= LONGEST_INLINE) {
      return;
    }
    sha256.update(bytes, start, length - start);
    byte[] hash = sha256.digest();
    length = start;
    tag(HASHED);
    room(hash.length);
    System.arraycopy(hash, 0, bytes, length, hash.length);
    length += hash.length;
  }

  /// Sorts the members of an object, which were written one after the other, by name; those with
  /// the same name stay in their order.
  ///
  /// @param starts the start of each member; its name ends with [#END]
  void sort(int[] starts, int count) {
    if (isSorted(starts, count)) {
      return;
    }
    Integer[] order = new Integer[count];
    Arrays.setAll(order, index -> index);
    Arrays.sort(order, (one, other) -> compareNames(starts[one], starts[other]));
    int first = starts[0];
    byte[] before = Arrays.copyOfRange(bytes, first, length);
    int to = first;
    for (int member : order) {
      int end = member + 1 < count ? starts[member + 1] : length;
      int size = end - starts[member];
      System.arraycopy(before, starts[member] - first, bytes, to, size);
      to += size;
    }
  }

  private boolean isSorted(int[] starts, int count) {
    for (int member = 1; member < count; member++) {
      if (compareNames(starts[member - 1], starts[member]) > 0) {
        return false;
      }
    }
    return true;
  }

  /// Every name ends with [#END], which is within none, so that no comparison reads beyond it.
  private int compareNames(int one, int other) {
    int index = 0;
    while (bytes[one + index] == bytes[other + index]) {
      if (bytes[one + index] == (byte) END) {
        return 0;
      }
      index++;
    }
    return Byte.compareUnsigned(bytes[one + index], bytes[other + index]);
  }

  /// Returns the hash of everything that was written.
  byte[] hash() {
    sha256.update(bytes, 0, length);
    return sha256.digest();
  }
}

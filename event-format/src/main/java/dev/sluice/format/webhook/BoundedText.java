package dev.sluice.format.webhook;

/// A text with a limit, which counts its bytes in UTF-8. Used by one thread.
final class BoundedText {

  private final int mostBytes;
  private final StringBuilder text = new StringBuilder();
  private int bytes;

  BoundedText(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  /// Returns whether a text may still fit: each character is at least one byte.
  boolean mayFit(String more) {
    return more.length() <= mostBytes - bytes;
  }

  /// Appends a text if it fits.
  ///
  /// @return whether it does
  boolean append(String more) {
    if (!mayFit(more)) {
      return false;
    }
    bytes += utf8Length(more);
    if (bytes > mostBytes) {
      return false;
    }
    text.append(more);
    return true;
  }

  private static int utf8Length(String text) {
    int length = 0;
    for (int at = 0; at < text.length(); at++) {
      char unit = text.charAt(at);
      if (unit < 0x80) {
        length++;
      } else if (unit < 0x800 || Character.isSurrogate(unit)) {
        // A pair of surrogates is four bytes.
        length += 2;
      } else {
        length += 3;
      }
    }
    return length;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

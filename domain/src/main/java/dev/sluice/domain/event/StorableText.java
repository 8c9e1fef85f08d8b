package dev.sluice.domain.event;

/// Makes any text one that every storage keeps to the letter: bounded, and without what UTF-8 or a
/// database cannot hold. What is read back is then what was written, which hashes over it need.
public final class StorableText {

  /// Stands for what no text can hold.
  private static final char REPLACEMENT = '\uFFFD';

  private StorableText() {}

  /// The text, cut to a length and with NUL and unpaired surrogates replaced by U+FFFD.
  ///
  /// @param maxLength in UTF-16 units; at least 1
  public static String of(String text, int maxLength) {
    String cut = cut(text, maxLength);
    for (int index = 0; index < cut.length(); index++) {
      if (isUnstorable(cut, index)) {
        return replaced(cut);
      }
    }
    return cut;
  }

  /// The first units of a text, never half a surrogate pair.
  ///
  /// @param maxLength in UTF-16 units; at least 1
  public static String cut(String text, int maxLength) {
    if (text.length() <= maxLength) {
      return text;
    }
    boolean splitsPair =
        Character.isSurrogatePair(text.charAt(maxLength - 1), text.charAt(maxLength));
    return text.substring(0, splitsPair ? maxLength - 1 : maxLength);
  }

  private static String replaced(String text) {
    var readable = new StringBuilder(text);
    for (int index = 0; index < text.length(); index++) {
      if (isUnstorable(text, index)) {
        readable.setCharAt(index, REPLACEMENT);
      }
    }
    return readable.toString();
  }

  private static boolean isUnstorable(String text, int index) {
    char unit = text.charAt(index);
    if (Character.isHighSurrogate(unit)) {
      return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
    }
    if (Character.isLowSurrogate(unit)) {
      return index == 0 || !Character.isHighSurrogate(text.charAt(index - 1));
    }
    return unit == 0;
  }
}

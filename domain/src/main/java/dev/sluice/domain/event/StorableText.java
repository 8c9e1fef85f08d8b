package dev.sluice.domain.event;

/// A text that every storage keeps unchanged, without what UTF-8 or a database cannot hold. The
/// text that is read back equals the text that was written, as hashes over it require.
///
/// @param value the text; NUL and unpaired surrogates are replaced by U+FFFD
public record StorableText(String value) {

  /// Replaces what no text can hold.
  private static final char REPLACEMENT = '\uFFFD';

  public StorableText {
    for (int index = 0; index < value.length(); index++) {
      if (isUnstorable(value, index)) {
        value = replaced(value);
        break;
      }
    }
  }

  /// Returns the first units of any text, made storable.
  ///
  /// @param maxLength in UTF-16 units; at least 1
  public static String of(String text, int maxLength) {
    return new StorableText(cut(text, maxLength)).value();
  }

  /// Returns the first units of a text, never half a surrogate pair.
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

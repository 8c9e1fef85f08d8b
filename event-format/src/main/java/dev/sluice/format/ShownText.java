package dev.sluice.format;

/// Prepares texts of clients for responses. An unpaired surrogate cannot be written as UTF-8: a
/// response that contains one, or that cuts a pair in two, would fail.
public final class ShownText {

  private static final char REPLACEMENT = '\uFFFD';

  private ShownText() {}

  /// Returns the beginning of a text, at most `most` UTF-16 units.
  public static String of(String text, int most) {
    boolean isCut = text.length() > most;
    int end = isCut ? most : text.length();
    if (isCut && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    String shown = text.substring(0, end);
    return (isWhole(shown) ? shown : repaired(shown)) + (isCut ? "…" : "");
  }

  /// Returns whether a text has no unpaired surrogates.
  public static boolean isWhole(String text) {
    return text.chars().noneMatch(unit -> Character.isSurrogate((char) unit))
        || text.codePoints().noneMatch(ShownText::isUnpaired);
  }

  private static boolean isUnpaired(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static String repaired(String text) {
    return text.codePoints()
        .map(codePoint -> isUnpaired(codePoint) ? REPLACEMENT : codePoint)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}

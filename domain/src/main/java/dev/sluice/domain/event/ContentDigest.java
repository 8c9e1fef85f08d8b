package dev.sluice.domain.event;

/// A short text that is equal for two events exactly when their content is: type, source and the
/// value of the payload.
///
/// Its first character names the way in which it was computed. Digests of different ways say
/// nothing about each other.
///
/// @param value 2 to 64 letters, digits, `-` and `_`
public record ContentDigest(String value) {

  private static final int MAX_LENGTH = 64;

  /// @throws IllegalArgumentException when the text breaks the rule
  public ContentDigest {
    if (value.length() < 2 || value.length() > MAX_LENGTH || !hasOnlyPlainCharacters(value)) {
      throw new IllegalArgumentException("not a content digest: " + value);
    }
  }

  /// Whether both were computed in the same way, so that comparing them means something.
  public boolean isComparableWith(ContentDigest other) {
    return value.charAt(0) == other.value.charAt(0);
  }

  private static boolean hasOnlyPlainCharacters(String text) {
    return text.chars()
        .allMatch(
            character ->
                (character >= 'a' && character <= 'z')
                    || (character >= 'A' && character <= 'Z')
                    || (character >= '0' && character <= '9')
                    || character == '-'
                    || character == '_');
  }

  @Override
  public String toString() {
    return value;
  }
}

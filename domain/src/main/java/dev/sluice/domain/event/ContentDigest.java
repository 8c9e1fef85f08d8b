package dev.sluice.domain.event;

/// A short text that is equal for two events exactly when their content is equal: type, source and
/// the value of the payload.
///
/// The first character identifies the algorithm. Digests of different algorithms cannot be
/// compared.
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

  /// Returns whether both were computed by the same algorithm, so that they can be compared.
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

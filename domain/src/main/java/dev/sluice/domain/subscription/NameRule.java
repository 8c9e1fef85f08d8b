package dev.sluice.domain.subscription;

/// What names that operators choose look like: short, and safe in URLs, logs and metric labels.
final class NameRule {

  private static final int MAX_LENGTH = 64;

  private NameRule() {}

  /// @throws IllegalArgumentException naming `what`, the rule and the text that broke it
  static void require(String what, String text) {
    if (text.isEmpty()
        || text.length() > MAX_LENGTH
        || !text.chars().allMatch(NameRule::isAllowed)) {
      throw new IllegalArgumentException(
          what + " must be 1 to 64 of a-z, 0-9, '-', '_' and '.', but was '" + text + "'");
    }
  }

  private static boolean isAllowed(int character) {
    return (character >= 'a' && character <= 'z')
        || (character >= '0' && character <= '9')
        || character == '-'
        || character == '_'
        || character == '.';
  }
}

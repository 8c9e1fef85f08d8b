package dev.sluice.domain.subscription;

/// The rule for names that operators choose: short, and safe in URLs, logs and metric labels.
public final class NameRule {

  private static final int MAX_LENGTH = 64;

  private NameRule() {}

  /// Requires that a text keeps the rule.
  ///
  /// @throws IllegalArgumentException with `what`, the rule and the text that broke it
  public static void require(String what, String text) {
    if (text.isEmpty()
        || text.length() > MAX_LENGTH
        || !text.chars().allMatch(NameRule::isAllowed)) {
      throw new IllegalArgumentException(
          what
              + " must have 1 to 64 characters from a-z, 0-9, '-', '_' and '.', but was '"
              + text
              + "'");
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

package dev.sluice.domain.delivery;

/// Why an attempt failed, for people to read and for groups of like failures.
///
/// @param kind what ended the attempt
/// @param error the class of the error, such as an exception's simple name
/// @param message what the handler said, cut to [#MAX_MESSAGE_LENGTH]; what no text can hold, NUL
///   and halves of surrogate pairs, is replaced by U+FFFD
public record FailureCause(Kind kind, String error, String message) {

  /// Longer messages are cut to this many UTF-16 units, so that no handler can fill a storage with
  /// its errors.
  public static final int MAX_MESSAGE_LENGTH = 1_000;

  /// Class names are shorter; a handler may say anything.
  public static final int MAX_ERROR_LENGTH = 200;

  /// Stands for what no text can hold.
  private static final char REPLACEMENT = '\uFFFD';

  public FailureCause {
    error = readable(cut(error, MAX_ERROR_LENGTH));
    message = readable(cut(message, MAX_MESSAGE_LENGTH));
  }

  /// Handlers may say anything, also what no database takes: NUL and halves of surrogate pairs.
  private static String readable(String text) {
    var readable = new StringBuilder(text);
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      boolean isPair =
          index + 1 < text.length() && Character.isSurrogatePair(character, text.charAt(index + 1));
      if (isPair) {
        index++;
      } else if (character == 0 || Character.isSurrogate(character)) {
        readable.setCharAt(index, REPLACEMENT);
      }
    }
    return readable.toString();
  }

  static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(length - 1));
    return text.substring(0, splitsPair ? length - 1 : length);
  }

  /// What ended a failed attempt.
  public enum Kind {
    /// The handler said so or threw.
    HANDLER,
    /// The handler took longer than an attempt may take.
    TIMEOUT,
    /// The worker's lease ran out before it reported anything.
    ABANDONED
  }
}

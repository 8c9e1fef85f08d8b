package dev.sluice.domain.event;

import java.util.Optional;

/// The rule that a short text from outside must follow to become part of an event.
///
/// @param maxCharacters maximum length, in Unicode code points
/// @param mayBeBlank whether an empty text, or white space alone, is accepted
public record TextRule(int maxCharacters, boolean mayBeBlank) {

  /// Identifiers, types and ordering keys: up to 255 characters.
  static final TextRule SHORT_TEXT = new TextRule(255);

  /// Texts whose length is limited together with others.
  static final TextRule TEXT = new TextRule(Attributes.MAX_CHARACTERS);

  /// Texts whose meaning only their producer knows.
  static final TextRule ANY_TEXT = new TextRule(Attributes.MAX_CHARACTERS, true);

  /// Creates a rule for texts that are not blank.
  public TextRule(int maxCharacters) {
    this(maxCharacters, false);
  }

  /// Returns the problem with `text`; empty when it is valid.
  public Optional<String> problemWith(String text) {
    if (!mayBeBlank && text.isBlank()) {
      return Optional.of("must not be blank");
    }
    if (text.length() > maxCharacters && text.codePointCount(0, text.length()) > maxCharacters) {
      return Optional.of("must have at most " + maxCharacters + " characters");
    }
    return hasForbiddenCharacter(text)
        ? Optional.of("must not contain control characters or unpaired surrogates")
        : Optional.empty();
  }

  /// Returns `text` if it is valid.
  ///
  /// @throws IllegalArgumentException naming `what` and the problem
  public String require(String what, String text) {
    var problem = problemWith(text);
    if (problem.isPresent()) {
      throw new IllegalArgumentException(what + " " + problem.get());
    }
    return text;
  }

  private static boolean hasForbiddenCharacter(String text) {
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      if (isPlainAscii(character)) {
        continue;
      }
      if (Character.isHighSurrogate(character)
          && index + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(index + 1))) {
        index++;
      } else if (Character.isISOControl(character) || Character.isSurrogate(character)) {
        return true;
      }
    }
    return false;
  }

  /// Nearly every character is plain ASCII; this is checked first because every event passes
  /// through here.
  private static boolean isPlainAscii(char character) {
    return character >= ' ' && character <= '~';
  }
}

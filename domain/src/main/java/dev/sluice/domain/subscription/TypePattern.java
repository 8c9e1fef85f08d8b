package dev.sluice.domain.subscription;

import dev.sluice.domain.event.EventType;

/// Chooses events by type: `*` stands for any run of characters, including an empty one, and
/// everything else for itself.
///
/// So `*` matches every event, and `order.*` matches `order.paid` and `order.item.added`.
///
/// @param glob the pattern, 1 to 255 characters
public record TypePattern(String glob) {

  public static final int MAX_LENGTH = 255;

  /// Matches every event.
  public static final TypePattern ANY = new TypePattern("*");

  /// @throws IllegalArgumentException when the pattern is empty or too long
  public TypePattern {
    if (glob.isEmpty() || glob.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "type pattern must have 1 to 255 characters, but was '" + glob + "'");
    }
  }

  /// Returns whether it may match several types.
  public boolean isGlob() {
    return glob.indexOf('*') >= 0;
  }

  /// Returns whether events of this type are chosen.
  ///
  /// Greedy matching that only backtracks to the last star: at worst pattern length times text
  /// length, never exponential, whatever the pattern.
  public boolean matches(EventType type) {
    String text = type.value();
    int at = 0;
    int inGlob = 0;
    int lastStar = -1;
    int resumeAt = 0;
    while (at < text.length()) {
      if (inGlob < glob.length() && glob.charAt(inGlob) == '*') {
        lastStar = inGlob++;
        resumeAt = at;
      } else if (inGlob < glob.length() && glob.charAt(inGlob) == text.charAt(at)) {
        inGlob++;
        at++;
      } else if (lastStar >= 0) {
        inGlob = lastStar + 1;
        at = ++resumeAt;
      } else {
        return false;
      }
    }
    return onlyStarsFrom(inGlob);
  }

  private boolean onlyStarsFrom(int start) {
    int at = start;
    while (at < glob.length() && glob.charAt(at) == '*') {
      at++;
    }
    return at == glob.length();
  }
}

package dev.sluice.domain.filter;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A text of which each character may be in upper or lower case, which may differ in length: `ß` is
/// also `SS`.
///
/// No spelling of a character begins or ends with another one of the same character, so that the
/// first one found is the only one, and nothing is tried twice.
///
/// @param characters the spellings of each character
record CaseInsensitiveText(List<List<String>> characters) {

  static CaseInsensitiveText of(String text) {
    return new CaseInsensitiveText(
        text.codePoints().mapToObj(CaseInsensitiveText::spellings).toList());
  }

  static List<String> spellings(int codePoint) {
    String itself = Character.toString(codePoint);
    return Stream.of(itself, itself.toLowerCase(Locale.ROOT), itself.toUpperCase(Locale.ROOT))
        .distinct()
        .toList();
  }

  /// Returns where this text ends in one that begins with it; -1 when it does not.
  int endIn(String text) {
    int at = 0;
    for (List<String> spellings : characters) {
      int length = -1;
      for (String spelling : spellings) {
        if (text.startsWith(spelling, at)) {
          length = spelling.length();
          break;
        }
      }
      if (length < 0) {
        return -1;
      }
      at += length;
    }
    return at;
  }

  /// Returns whether a text ends with this one.
  boolean isAtEndOf(String text) {
    int end = text.length();
    for (List<String> spellings : characters.reversed()) {
      int length = -1;
      for (String spelling : spellings) {
        if (text.startsWith(spelling, end - spelling.length())) {
          length = spelling.length();
          break;
        }
      }
      if (length < 0) {
        return false;
      }
      end -= length;
    }
    return true;
  }
}

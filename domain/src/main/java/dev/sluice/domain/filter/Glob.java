package dev.sluice.domain.filter;

import java.util.ArrayList;
import java.util.List;

/// A text with stars, each of which stands for any run of characters, including an empty one.
///
/// The parts between stars are found from left to right, each at its first place, by the algorithm
/// of Knuth, Morris and Pratt: one pass over the text, whatever the pattern.
///
/// @param first the text before the first star
/// @param middle what stands between stars, in order
/// @param last the text after the last star; empty when there is no star
/// @param hasStar whether there is a star
record Glob(String first, List<Part> middle, String last, boolean hasStar) {

  /// A text to be found.
  ///
  /// @param text what to find; not empty
  /// @param borders for each beginning of the text, the length of the longest shorter text that it
  ///   begins and ends with
  record Part(String text, List<Integer> borders) {

    static Part of(String text) {
      var borders = new ArrayList<Integer>(text.length());
      borders.add(0);
      int border = 0;
      for (int index = 1; index < text.length(); index++) {
        while (border > 0 && text.charAt(index) != text.charAt(border)) {
          border = borders.get(border - 1);
        }
        if (text.charAt(index) == text.charAt(border)) {
          border++;
        }
        borders.add(border);
      }
      return new Part(text, List.copyOf(borders));
    }

    /// Returns where the first occurrence between two places ends; -1 when there is none.
    int endIn(String searched, int from, int to) {
      int found = 0;
      for (int index = from; index < to; index++) {
        while (found > 0 && searched.charAt(index) != text.charAt(found)) {
          found = borders.get(found - 1);
        }
        if (searched.charAt(index) == text.charAt(found)) {
          found++;
        }
        if (found == text.length()) {
          return index + 1;
        }
      }
      return -1;
    }
  }

  /// @throws IllegalArgumentException when two stars follow each other, or a backslash stands
  ///   before another character than a star or a backslash
  static Glob of(String pattern) {
    List<String> parts = split(pattern);
    if (parts.size() == 1) {
      return new Glob(parts.getFirst(), List.of(), "", false);
    }
    List<String> between = parts.subList(1, parts.size() - 1);
    if (between.contains("")) {
      throw new IllegalArgumentException("must not have two stars in a row");
    }
    return new Glob(
        parts.getFirst(), between.stream().map(Part::of).toList(), parts.getLast(), true);
  }

  private static List<String> split(String pattern) {
    var parts = new ArrayList<String>();
    var part = new StringBuilder();
    for (int index = 0; index < pattern.length(); index++) {
      char character = pattern.charAt(index);
      if (character == '*') {
        parts.add(part.toString());
        part.setLength(0);
      } else if (character == '\\') {
        part.append(escaped(pattern, ++index));
      } else {
        part.append(character);
      }
    }
    parts.add(part.toString());
    return parts;
  }

  private static char escaped(String pattern, int index) {
    char character = index < pattern.length() ? pattern.charAt(index) : 0;
    if (character != '*' && character != '\\') {
      throw new IllegalArgumentException(
          "must have a star or a backslash after each backslash (in JSON: \"\\\\*\","
              + " \"\\\\\\\\\")");
    }
    return character;
  }

  boolean matches(String text) {
    if (!hasStar) {
      return text.equals(first);
    }
    int end = text.length() - last.length();
    if (end < first.length() || !text.startsWith(first) || !text.endsWith(last)) {
      return false;
    }
    int at = first.length();
    for (Part part : middle) {
      at = part.endIn(text, at, end);
      if (at < 0) {
        return false;
      }
    }
    return true;
  }
}

package dev.sluice.domain.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Suggests an existing name for a misspelt one.
public final class NearestName {

  private NearestName() {}

  /// Returns the known name with the smallest edit distance, if that is at most a third of the
  /// length of `name`, or 2.
  public static Optional<String> of(String name, Collection<String> known) {
    return known.stream()
        // Such a name is too far away; comparing one of megabytes would take seconds.
        .filter(candidate -> name.length() <= 2 * candidate.length() + 2)
        .filter(candidate -> distance(name, candidate) <= Math.max(2, name.length() / 3))
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
  }

  /// The Levenshtein distance, row by row.
  private static int distance(String one, String other) {
    int[] above = new int[other.length() + 1];
    for (int column = 0; column <= other.length(); column++) {
      above[column] = column;
    }
    for (int row = 1; row <= one.length(); row++) {
      int[] current = new int[other.length() + 1];
      current[0] = row;
      for (int column = 1; column <= other.length(); column++) {
        int replaced = one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1;
        current[column] =
            Math.min(
                above[column - 1] + replaced, Math.min(above[column], current[column - 1]) + 1);
      }
      above = current;
    }
    return above[other.length()];
  }
}

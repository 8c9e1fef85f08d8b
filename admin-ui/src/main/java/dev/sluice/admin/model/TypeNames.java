package dev.sluice.admin.model;

import dev.sluice.admin.api.Stats;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The event types that the service reported. Patterns such as `order.*` expand to them, because
/// the API filters by complete type names.
public record TypeNames(List<String> names) {

  /// Name under which the service counts all types that it does not count separately.
  public static final String OTHERS = "other";

  /// No known types.
  public static final TypeNames NONE = new TypeNames(List.of());

  public TypeNames {
    names = List.copyOf(names);
  }

  /// Returns the names in alphabetical order.
  public static TypeNames of(Collection<String> names) {
    SortedSet<String> sorted = new TreeSet<>(names);
    return new TypeNames(List.copyOf(sorted));
  }

  /// Returns the types that occur in statistics.
  public static TypeNames in(Stats stats) {
    return of(stats.byType().keySet().stream().filter(name -> !name.equals(OTHERS)).toList());
  }

  /// Whether a value is a pattern.
  static boolean isPattern(String value) {
    return value.endsWith("*");
  }

  /// Expands a value to types. A pattern without a match expands to itself, so that the list is
  /// empty instead of complete.
  Stream<String> meantBy(String value) {
    if (!isPattern(value)) {
      return Stream.of(value);
    }
    String begin = value.substring(0, value.length() - 1);
    List<String> meant = names.stream().filter(name -> name.startsWith(begin)).toList();
    return meant.isEmpty() ? Stream.of(value) : meant.stream();
  }
}

package dev.sluice.admin.model;

import dev.sluice.admin.api.Stats;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The event types that the service told of. They stand behind patterns such as `order.*`, because
/// the service's lists take whole types.
public record TypeNames(List<String> names) {

  /// What the service counts types under that it does not tell apart.
  public static final String OTHERS = "other";

  /// None known yet.
  public static final TypeNames NONE = new TypeNames(List.of());

  public TypeNames {
    names = List.copyOf(names);
  }

  /// With these names, in the order of the alphabet.
  public static TypeNames of(Collection<String> names) {
    SortedSet<String> sorted = new TreeSet<>(names);
    return new TypeNames(List.copyOf(sorted));
  }

  /// The types that figures tell of.
  public static TypeNames in(Stats stats) {
    return of(stats.byType().keySet().stream().filter(name -> !name.equals(OTHERS)).toList());
  }

  /// Whether a value stands for any number of types.
  static boolean isPattern(String value) {
    return value.endsWith("*");
  }

  /// The types that a value stands for. A pattern that no known type fits stands for itself, so
  /// that the list is empty and not everything.
  Stream<String> meantBy(String value) {
    if (!isPattern(value)) {
      return Stream.of(value);
    }
    String begin = value.substring(0, value.length() - 1);
    List<String> meant = names.stream().filter(name -> name.startsWith(begin)).toList();
    return meant.isEmpty() ? Stream.of(value) : meant.stream();
  }
}

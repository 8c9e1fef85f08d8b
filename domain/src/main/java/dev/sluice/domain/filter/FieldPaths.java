package dev.sluice.domain.filter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The fields that filters name, as a tree of names: what a payload is read for.
///
/// @param isField whether a field ends here
/// @param members the names below
/// @param lengths one bit for each length of these names, modulo 64. Most names of an event are
///   named by no filter and differ in length, so that they need not be read
public record FieldPaths(boolean isField, Map<String, FieldPaths> members, long lengths) {

  /// No field.
  public static final FieldPaths NONE = of(Stream.empty());

  public FieldPaths {
    members = Map.copyOf(members);
  }

  /// Returns the tree of some paths.
  public static FieldPaths of(Stream<List<String>> paths) {
    return of(paths.toList(), 0);
  }

  private static FieldPaths of(List<List<String>> paths, int depth) {
    boolean isField = false;
    long lengths = 0;
    Map<String, List<List<String>>> byName = new HashMap<>();
    for (List<String> path : paths) {
      if (path.size() == depth) {
        isField = true;
      } else {
        String name = path.get(depth);
        lengths |= 1L << name.length();
        byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(path);
      }
    }
    Map<String, FieldPaths> members = new HashMap<>();
    byName.forEach((name, below) -> members.put(name, of(below, depth + 1)));
    return new FieldPaths(isField, members, lengths);
  }

  /// Returns the tree below a member; [#NONE] if no filter names it.
  public FieldPaths below(String name) {
    return members.getOrDefault(name, NONE);
  }

  /// Returns whether no field is in the tree.
  public boolean isEmpty() {
    return !isField && members.isEmpty();
  }

  /// Returns whether a name of this length may be in the tree.
  public boolean mayHave(int length) {
    return (lengths & (1L << length)) != 0;
  }
}

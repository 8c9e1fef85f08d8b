package dev.sluice.domain.filter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of one combination as a tree of names: a node has either a field or children.
///
/// @param name the name of the member
/// @param depth how many names lead to it
/// @param field the field that ends here
/// @param children the members below; a payload is last, because reading it costs most
/// @param fields all fields at and below this node, in the order in which they are decided
record PathNode(
    String name, int depth, @Nullable Leaf field, List<PathNode> children, List<Leaf> fields) {

  /// A field and its place in the order of decision.
  record Leaf(Clause.Field field, int order) {

    String name(int depth) {
      return field.path().get(depth);
    }
  }

  /// Returns the root of the tree. The order of decision is that of the names, joined by dots: in
  /// it, event-ruler decides, and a field that must be absent makes it matter.
  static PathNode of(List<Clause.Field> fields) {
    List<Clause.Field> sorted = new ArrayList<>(fields);
    sorted.sort(Comparator.comparing(field -> String.join(".", field.path())));
    var leaves = new ArrayList<Leaf>();
    for (Clause.Field field : sorted) {
      leaves.add(new Leaf(field, leaves.size()));
    }
    return node("", 0, leaves);
  }

  private static PathNode node(String name, int depth, List<Leaf> leaves) {
    Leaf first = leaves.getFirst();
    if (first.field().path().size() == depth) {
      return new PathNode(name, depth, first, List.of(), List.of(first));
    }
    Map<String, List<Leaf>> byName = new LinkedHashMap<>();
    for (Leaf leaf : leaves) {
      byName.computeIfAbsent(leaf.name(depth), _ -> new ArrayList<>()).add(leaf);
    }
    List<PathNode> children = new ArrayList<>();
    byName.forEach((child, below) -> children.add(node(child, depth + 1, below)));
    if (depth == 0) {
      children.sort(Comparator.comparing(child -> child.name().equals(EventFields.PAYLOAD)));
    }
    return new PathNode(name, depth, null, List.copyOf(children), List.copyOf(leaves));
  }
}

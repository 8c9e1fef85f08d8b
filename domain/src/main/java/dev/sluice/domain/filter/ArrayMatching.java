package dev.sluice.domain.filter;

import dev.sluice.domain.filter.JsonValue.Elements;
import dev.sluice.domain.filter.JsonValue.Members;
import dev.sluice.domain.filter.JsonValue.Scalar;
import dev.sluice.domain.filter.PathNode.Leaf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides whether a value has all fields of a combination in the same elements of its arrays, as
/// event-ruler does.
///
/// Fields are decided in order. The first field that is found in an element of an array binds the
/// array to this element; fields that follow are looked up there alone, so that they are absent if
/// the element lacks them. Fields that come before it are absent only if the whole array lacks
/// them. So exactly the first field that the array has, or that must not be absent, can bind it,
/// and each element needs to be tried once with it. Event-ruler tries every field of every element
/// with every other one; for many arrays side by side that grows without bound.
final class ArrayMatching {

  private ArrayMatching() {}

  /// @param value what the event has at the node
  /// @param bound the field that binds the innermost array around the value, and so must have a
  ///   value in it; null outside of arrays. All fields before it are absent in that array
  static boolean holds(JsonValue value, PathNode node, @Nullable Leaf bound) {
    Leaf leaf = node.field();
    return leaf == null ? branchHolds(value, node, bound) : leafHolds(value, leaf, bound);
  }

  private static boolean leafHolds(JsonValue value, Leaf leaf, @Nullable Leaf bound) {
    return switch (value) {
      case Scalar scalar -> leaf.field().matches(scalar);
      case Members _ -> isAbsenceAllowed(leaf, bound);
      case Elements elements ->
          hasMatch(elements, leaf) || (isAbsenceAllowed(leaf, bound) && !hasScalar(elements));
    };
  }

  private static boolean isAbsenceAllowed(Leaf leaf, @Nullable Leaf bound) {
    boolean isBound = bound != null && bound.order() == leaf.order();
    return !isBound && leaf.field().allowsAbsence();
  }

  private static boolean hasMatch(Elements elements, Leaf leaf) {
    for (JsonValue value : elements.values()) {
      boolean matches =
          switch (value) {
            case Scalar scalar -> leaf.field().matches(scalar);
            case Elements nested -> hasMatch(nested, leaf);
            case Members _ -> false;
          };
      if (matches) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasScalar(Elements elements) {
    for (JsonValue value : elements.values()) {
      if (value instanceof Scalar || (value instanceof Elements nested && hasScalar(nested))) {
        return true;
      }
    }
    return false;
  }

  private static boolean branchHolds(JsonValue value, PathNode node, @Nullable Leaf bound) {
    return switch (value) {
      case Scalar _ -> membersHold((Members) JsonValue.NOTHING, node, bound);
      case Members members -> membersHold(members, node, bound);
      case Elements elements -> elementsHold(elements, node, bound);
    };
  }

  private static boolean membersHold(Members members, PathNode node, @Nullable Leaf bound) {
    for (PathNode child : node.children()) {
      if (!holds(members.get(child.name()), child, bound)) {
        return false;
      }
    }
    return true;
  }

  private static boolean elementsHold(Elements elements, PathNode node, @Nullable Leaf bound) {
    int first = firstToBind(elements, node, bound);
    List<Leaf> fields = node.fields();
    if (first == fields.size()) {
      return true;
    }
    Leaf binding = fields.get(first);
    for (JsonValue element : elements.values()) {
      if (!(element instanceof Scalar) && holds(element, node, binding)) {
        return true;
      }
    }
    return false;
  }

  private static int firstToBind(Elements elements, PathNode node, @Nullable Leaf bound) {
    List<Leaf> fields = node.fields();
    int first = 0;
    while (first < fields.size() && isAbsent(elements, node, fields.get(first), bound)) {
      first++;
    }
    return first;
  }

  private static boolean isAbsent(
      Elements elements, PathNode node, Leaf leaf, @Nullable Leaf bound) {
    if (!isAbsenceAllowed(leaf, bound)) {
      return false;
    }
    boolean isKnown = bound != null && leaf.order() < bound.order();
    return isKnown || !isPresent(elements, leaf, node.depth());
  }

  /// Returns whether a value has a field anywhere, without regard to elements.
  private static boolean isPresent(JsonValue value, Leaf leaf, int depth) {
    int length = leaf.field().path().size();
    return switch (value) {
      case Scalar _ -> depth == length;
      case Members members ->
          depth < length && isPresent(members.get(leaf.name(depth)), leaf, depth + 1);
      case Elements elements -> {
        for (JsonValue element : elements.values()) {
          if (isPresent(element, leaf, depth)) {
            yield true;
          }
        }
        yield false;
      }
    };
  }
}

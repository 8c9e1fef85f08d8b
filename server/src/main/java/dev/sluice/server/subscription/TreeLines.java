package dev.sluice.server.subscription;

import dev.sluice.format.JsonEvents;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Finds the line of a JSON Pointer in a tree of YAML.
final class TreeLines {

  private TreeLines() {}

  /// Returns the line, counted from 1, of the value at the pointer; of what surrounds it if there
  /// is no such value. Empty for a tree that was not read from YAML.
  static Optional<Integer> lineOf(Node root, String pointer) {
    Node place = root;
    Optional<Mark> mark = root.getStartMark();
    for (String segment : pointer.split("/", -1)) {
      if (segment.isEmpty()) {
        continue;
      }
      NodeTuple member = memberOf(place, segment);
      Node inside = member == null ? elementOf(place, segment) : member.getValueNode();
      if (inside == null) {
        break;
      }
      mark = member == null ? inside.getStartMark() : member.getKeyNode().getStartMark();
      place = inside;
    }
    return mark.map(at -> at.getLine() + 1);
  }

  /// Returns the last member of that name, the one that would be in force.
  private static @Nullable NodeTuple memberOf(Node place, String segment) {
    NodeTuple found = null;
    if (place instanceof MappingNode mapping) {
      for (NodeTuple member : mapping.getValue()) {
        if (member.getKeyNode() instanceof ScalarNode key
            && JsonEvents.pointerTo(key.getValue()).equals("/" + segment)) {
          found = member;
        }
      }
    }
    return found;
  }

  private static @Nullable Node elementOf(Node place, String segment) {
    if (!(place instanceof SequenceNode sequence) || !segment.matches("[0-9]{1,9}")) {
      return null;
    }
    int index = Integer.parseInt(segment);
    return index < sequence.getValue().size() ? sequence.getValue().get(index) : null;
  }
}

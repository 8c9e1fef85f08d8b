package dev.sluice.server.subscription;

import dev.sluice.format.JsonCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Turns JSON into a tree of YAML. Numbers keep their digits.
final class JsonToYaml {

  private final JsonCursor json;

  private JsonToYaml(JsonCursor json) {
    this.json = json;
  }

  /// Reads a whole document.
  ///
  /// @throws dev.sluice.format.MalformedJsonException when it is not JSON
  static Node read(byte[] text) {
    JsonCursor json = JsonCursor.document(text);
    Node root = new JsonToYaml(json).value();
    json.requireEnd();
    return root;
  }

  private Node value() {
    return switch (json.kind()) {
      case OBJECT -> object();
      case ARRAY -> array();
      case STRING -> scalar(Tag.STR, json.string());
      case NUMBER -> number(json.raw());
      case TRUE, FALSE -> scalar(Tag.BOOL, json.raw());
      case NULL -> scalar(Tag.NULL, json.raw());
    };
  }

  private Node object() {
    List<NodeTuple> members = new ArrayList<>();
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      members.add(new NodeTuple(scalar(Tag.STR, name), value()));
    }
    return new MappingNode(Tag.MAP, members, FlowStyle.BLOCK);
  }

  private Node array() {
    List<Node> elements = new ArrayList<>();
    json.beginArray();
    boolean isFlat = true;
    while (json.nextElement()) {
      Node element = value();
      isFlat &= element instanceof ScalarNode;
      elements.add(element);
    }
    // Lists of plain values are easier to read on one line.
    return new SequenceNode(Tag.SEQ, elements, isFlat ? FlowStyle.FLOW : FlowStyle.BLOCK);
  }

  private static Node number(String digits) {
    boolean isInteger = digits.chars().noneMatch(one -> one == '.' || one == 'e' || one == 'E');
    return scalar(isInteger ? Tag.INT : Tag.FLOAT, digits);
  }

  private static Node scalar(Tag tag, String text) {
    return new ScalarNode(tag, true, text, ScalarStyle.PLAIN, Optional.empty(), Optional.empty());
  }
}

package dev.sluice.server.subscription;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Turns a tree of YAML into JSON, always in the same form: the same content gives the same text,
/// however it was laid out.
///
/// Aliases are written out, so a small file can denote a huge or endless text; both are limited.
final class YamlToJson {

  private static final int MAX_CHARACTERS = 64 << 20;
  private static final int MAX_DEPTH = 64;
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

  private final StringBuilder json = new StringBuilder();

  private YamlToJson() {}

  /// Returns the JSON text.
  ///
  /// @throws UnusableFileException when it cannot be JSON or would be too large
  static byte[] write(Node root) {
    var writer = new YamlToJson();
    writer.value(root, 0);
    return writer.json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void value(Node node, int depth) {
    if (depth > MAX_DEPTH) {
      throw UnusableFileException.at(node, "it is nested deeper than " + MAX_DEPTH + " levels");
    }
    if (json.length() > MAX_CHARACTERS) {
      throw UnusableFileException.at(
          node, "with its aliases written out, it has more than " + MAX_CHARACTERS + " characters");
    }
    switch (node) {
      case MappingNode mapping -> mapping(mapping, depth);
      case SequenceNode sequence -> sequence(sequence, depth);
      case ScalarNode scalar -> scalar(scalar);
      default -> throw UnusableFileException.at(node, "this is neither a value nor a collection");
    }
  }

  private void mapping(MappingNode mapping, int depth) {
    json.append('{');
    for (NodeTuple member : mapping.getValue()) {
      if (!(member.getKeyNode() instanceof ScalarNode key)) {
        throw UnusableFileException.at(member.getKeyNode(), "a name must be a single value");
      }
      comma('{');
      quote(key.getValue());
      json.append(':');
      value(member.getValueNode(), depth + 1);
    }
    json.append('}');
  }

  private void sequence(SequenceNode sequence, int depth) {
    json.append('[');
    for (Node element : sequence.getValue()) {
      comma('[');
      value(element, depth + 1);
    }
    json.append(']');
  }

  private void comma(char opening) {
    if (json.charAt(json.length() - 1) != opening) {
      json.append(',');
    }
  }

  private void scalar(ScalarNode scalar) {
    String text = scalar.getValue();
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.NULL)) {
      json.append("null");
    } else if (isLiteral(tag, text)) {
      json.append(text);
    } else {
      quote(text);
    }
  }

  private static boolean isLiteral(Tag tag, String text) {
    boolean isNumber = tag.equals(Tag.INT) || tag.equals(Tag.FLOAT);
    return isNumber
        ? NUMBER.matcher(text).matches()
        : tag.equals(Tag.BOOL) && text.matches("true|false");
  }

  private void quote(String text) {
    json.append('"');
    for (int index = 0; index < text.length(); index++) {
      char one = text.charAt(index);
      switch (one) {
        case '"', '\\' -> json.append('\\').append(one);
        default -> {
          if (one < ' ' || Character.isSurrogate(one)) {
            json.append("\\u%04x".formatted((int) one));
          } else {
            json.append(one);
          }
        }
      }
    }
    json.append('"');
  }
}

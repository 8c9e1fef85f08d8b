package dev.sluice.format.webhook;

import dev.sluice.domain.filter.FieldPaths;
import dev.sluice.format.JsonCursor;
import dev.sluice.format.JsonCursor.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A value in a payload: where it is, and the values in it that a template names.
///
/// @param start the index of its first byte
/// @param end the index after its last byte
/// @param parts by name; elements of arrays by their index
record PayloadPart(int start, int end, Map<String, PayloadPart> parts) {

  /// Reads a payload in one pass. The last one of members with the same name counts, as in filters.
  ///
  /// @param wanted the values that the template names
  static PayloadPart read(byte[] payload, FieldPaths wanted) {
    return read(JsonCursor.document(payload), wanted);
  }

  private static PayloadPart read(JsonCursor json, FieldPaths wanted) {
    Kind kind = json.kind();
    int start = json.position();
    Map<String, PayloadPart> parts = new HashMap<>();
    if (kind == Kind.OBJECT && !wanted.members().isEmpty()) {
      readMembers(json, wanted, parts);
    } else if (kind == Kind.ARRAY && !wanted.members().isEmpty()) {
      readElements(json, wanted, parts);
    } else {
      json.skip();
    }
    return new PayloadPart(start, json.position(), parts);
  }

  private static void readMembers(
      JsonCursor json, FieldPaths wanted, Map<String, PayloadPart> parts) {
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      readPart(json, name, wanted, parts);
    }
  }

  private static void readElements(
      JsonCursor json, FieldPaths wanted, Map<String, PayloadPart> parts) {
    json.beginArray();
    for (int index = 0; json.nextElement(); index++) {
      readPart(json, Integer.toString(index), wanted, parts);
    }
  }

  private static void readPart(
      JsonCursor json, String name, FieldPaths wanted, Map<String, PayloadPart> parts) {
    FieldPaths below = wanted.below(name);
    if (below.isEmpty()) {
      json.skip();
    } else {
      parts.put(name, read(json, below));
    }
  }

  /// Returns the value at a path; empty when the payload has none there.
  Optional<PayloadPart> at(List<String> path) {
    PayloadPart part = this;
    for (String name : path) {
      part = part.parts.get(name);
      if (part == null) {
        return Optional.empty();
      }
    }
    return Optional.of(part);
  }
}

package dev.sluice.adapter.http.subscription;

import dev.sluice.format.Json;
import dev.sluice.format.JsonCursor;
import dev.sluice.format.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Changes a JSON object by a merge patch (RFC 7396): each member of the patch replaces that of the
/// object, `null` removes it, and objects are merged. Values stay as they were written.
final class MergePatch {

  private MergePatch() {}

  /// Returns the changed object.
  ///
  /// @param object a valid JSON object
  /// @throws MalformedJsonException when the patch is not a JSON object, or names a member twice
  static String apply(String object, byte[] patch) {
    JsonCursor json = JsonCursor.document(patch);
    if (json.kind() != JsonCursor.Kind.OBJECT) {
      throw new MalformedJsonException("expected a JSON object");
    }
    Map<String, String> changes = members(json);
    json.requireEnd();
    return merge(parse(object), changes);
  }

  private static String merge(Map<String, String> object, Map<String, String> changes) {
    var merged = new LinkedHashMap<>(object);
    changes.forEach(
        (name, value) -> {
          if (value.equals("null")) {
            merged.remove(name);
          } else {
            merged.put(name, changed(merged.getOrDefault(name, ""), value));
          }
        });
    byte[] text =
        Json.write(
            json -> {
              json.writeStartObject();
              for (Map.Entry<String, String> member : merged.entrySet()) {
                json.writeFieldName(member.getKey());
                json.writeRawValue(member.getValue());
              }
              json.writeEndObject();
            });
    return new String(text, StandardCharsets.UTF_8);
  }

  /// @param before empty when the member is new; what is not an object counts as an empty one
  private static String changed(String before, String change) {
    if (!change.startsWith("{")) {
      return change;
    }
    return merge(before.startsWith("{") ? parse(before) : Map.of(), parse(change));
  }

  private static Map<String, String> parse(String object) {
    return members(JsonCursor.document(object.getBytes(StandardCharsets.UTF_8)));
  }

  private static Map<String, String> members(JsonCursor json) {
    var members = new LinkedHashMap<String, String>();
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (members.put(name, json.raw()) != null) {
        throw new MalformedJsonException("a member is given twice: " + name);
      }
    }
    return members;
  }
}

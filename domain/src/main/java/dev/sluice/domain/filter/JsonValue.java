package dev.sluice.domain.filter;

import java.util.List;
import java.util.Map;

/// What filters see of a JSON value: its scalars, and the members that a filter names.
///
/// Objects and lists are not copied: one is made for each event that a filter looks into, and its
/// maker keeps no reference.
public sealed interface JsonValue {

  /// A value without a field: it is missing, or no filter names a part of it.
  JsonValue NOTHING = new Members(Map.of());

  /// A value without parts. Two are equal if a filter for the one chooses the other.
  sealed interface Scalar extends JsonValue permits Text, Numeric, Literal {}

  /// A string.
  record Text(String value) implements Scalar {}

  /// The other values that have no parts.
  enum Literal implements Scalar {
    TRUE,
    FALSE,
    NULL
  }

  /// An object, with the members that a filter names.
  record Members(Map<String, JsonValue> values) implements JsonValue {

    /// Returns the value of a member; [#NOTHING] if there is none.
    public JsonValue get(String name) {
      return values.getOrDefault(name, NOTHING);
    }
  }

  /// An array, with the elements in which a filter could find something.
  record Elements(List<JsonValue> values) implements JsonValue {}
}

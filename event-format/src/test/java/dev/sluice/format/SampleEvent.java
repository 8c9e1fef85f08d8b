package dev.sluice.format;

import dev.sluice.domain.event.Payload;
import dev.sluice.domain.filter.EventFields;
import dev.sluice.domain.filter.FieldPaths;
import dev.sluice.domain.filter.Filter;
import dev.sluice.domain.filter.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// An event as a filter sees it.
record SampleEvent(Map<String, JsonValue> fields) implements EventFields {

  /// Returns an event of type `t` with a payload, as one filter sees it.
  static SampleEvent of(String payload, Filter filter) {
    return of(Map.of(TYPE, "t"), payload, filter);
  }

  static SampleEvent of(Map<String, String> attributes, String payload, Filter filter) {
    Map<String, JsonValue> fields = new HashMap<>();
    attributes.forEach((name, text) -> fields.put(name, new JsonValue.Text(text)));
    FieldPaths wanted = FieldPaths.of(filter.paths().stream()).below(PAYLOAD);
    fields.put(PAYLOAD, new JsonFilterFormat().payload(new Payload(payload), wanted));
    return new SampleEvent(fields);
  }

  @Override
  public JsonValue field(String name) {
    return fields.getOrDefault(name, JsonValue.NOTHING);
  }

  /// Returns whether a pattern that must be valid matches a payload.
  static boolean matches(String pattern, String payload) {
    Filter filter = filter(pattern);
    return filter.matches(of(payload, filter));
  }

  static Filter filter(String pattern) {
    return switch (PatternReader.read(pattern)) {
      case ReadFilter.Valid(Filter filter) -> filter;
      case ReadFilter.Invalid(List<FieldProblem> problems) ->
          throw new AssertionError(pattern + " was refused: " + problems);
    };
  }
}

package dev.sluice.admin.api;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Where the deliveries of a subscription go.
///
/// @param kind such as `demo` or `log`
/// @param others further members, which this console does not know
public record Destination(String kind, @JsonAnySetter Map<String, JsonText> others) {

  public Destination {
    Required.members("destination", kind);
    others = sorted(others);
  }

  /// Creates a destination without further members.
  static Destination of(String kind) {
    return new Destination(kind, Map.of());
  }

  static SortedMap<String, JsonText> sorted(@Nullable Map<String, JsonText> members) {
    return new TreeMap<>(members == null ? Map.of() : members);
  }
}

package dev.sluice.format;

import dev.sluice.domain.event.Attributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What led to a request: its W3C trace context (the headers `traceparent` and `tracestate`), for
/// events without one of their own, and how many webhooks. Headers that violate Trace Context are
/// ignored, as it requires: a fault of a tracing library must not cost an event.
///
/// @param attributes the content of the headers; no trace without a valid `traceparent`
public record TraceContext(Attributes attributes) {

  /// The context of a request without trace headers.
  public static final TraceContext NONE = new TraceContext(Attributes.NONE);

  /// Version, trace, parent and flags; future versions may add more.
  private static final Pattern PARENT =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-[\\x21-\\x7e]*)?");

  private static final int LENGTH_OF_VERSION_00 = 55;
  private static final int MAX_PARENT = 255;

  private static final Pattern STATE_MEMBER =
      Pattern.compile(
          "([a-z][_0-9a-z\\-*/]{0,255}|[a-z0-9][_0-9a-z\\-*/]{0,240}@[a-z][_0-9a-z\\-*/]{0,13})"
              + "=[\\x20-\\x2b\\x2d-\\x3c\\x3e-\\x7e]{0,255}[\\x21-\\x2b\\x2d-\\x3c\\x3e-\\x7e]");

  private static final int MAX_STATE_MEMBERS = 32;
  private static final int MAX_STATE = 4_096;

  /// Reads the two headers of a request.
  ///
  /// @param parent value of the header; several headers are joined, which makes them invalid
  /// @param state value of the header; several headers are joined
  public static TraceContext of(Optional<String> parent, Optional<String> state) {
    if (parent.filter(TraceContext::isParent).isEmpty()) {
      return NONE;
    }
    Map<String, String> attributes = new HashMap<>();
    attributes.put(Attributes.TRACEPARENT, parent.get());
    state
        .filter(TraceContext::isState)
        .ifPresent(text -> attributes.put(Attributes.TRACESTATE, text));
    return new TraceContext(new Attributes(attributes));
  }

  /// Returns this context with the number of webhooks that led to the request.
  public TraceContext withHops(int hops) {
    return new TraceContext(attributes.with(Attributes.HOPS, Integer.toString(hops)));
  }

  private static boolean isParent(String text) {
    return text.length() <= MAX_PARENT
        && PARENT.matcher(text).matches()
        && (!text.startsWith("00") || text.length() == LENGTH_OF_VERSION_00);
  }

  private static boolean isState(String text) {
    if (text.isBlank() || text.length() > MAX_STATE) {
      return false;
    }
    Set<String> keys = new HashSet<>();
    int members = 0;
    for (String member : text.split(",", -1)) {
      String plain = member.strip();
      if (plain.isEmpty()) {
        continue;
      }
      boolean isMember = STATE_MEMBER.matcher(plain).matches();
      if (!isMember || !keys.add(plain.substring(0, plain.indexOf('=')))) {
        return false;
      }
      members++;
    }
    return members <= MAX_STATE_MEMBERS;
  }

  /// Returns the attributes of an event, with this trace context if it has none. The number of
  /// webhooks is that of the request: an event that comes back has the one of its last round.
  ///
  /// @param own attributes of the event; may be changed
  /// @param unquoted see [Attributes#unquoted]
  Attributes fill(@Nullable Map<String, String> own, Set<String> unquoted) {
    if (own == null) {
      return attributes;
    }
    if (fits(own)) {
      boolean isTraced = own.containsKey(Attributes.TRACEPARENT);
      attributes
          .values()
          .forEach(
              (name, value) -> {
                if (name.equals(Attributes.HOPS)) {
                  own.put(name, value);
                } else if (!isTraced) {
                  own.putIfAbsent(name, value);
                }
              });
    }
    return new Attributes(own, unquoted);
  }

  /// The event's own attributes take precedence over the context.
  private boolean fits(Map<String, String> own) {
    return lengthOf(own) + lengthOf(attributes.values()) <= Attributes.MAX_CHARACTERS;
  }

  private static int lengthOf(Map<String, String> values) {
    return values.entrySet().stream()
        .mapToInt(entry -> Attributes.lengthOf(entry.getKey(), entry.getValue()))
        .sum();
  }
}

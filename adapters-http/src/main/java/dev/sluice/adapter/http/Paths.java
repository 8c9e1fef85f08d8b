package dev.sluice.adapter.http;

import dev.sluice.domain.event.EventId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Builds paths of resources of the API.
public final class Paths {

  /// The path segment of the change stream; an event with this id has a percent-encoded path.
  private static final String STREAM = "stream";

  private Paths() {}

  /// Returns the path of an event. Its id may contain any character; all but plain ones are
  /// percent-encoded.
  public static String ofEvent(EventId id) {
    String value = id.value();
    if (value.equals(STREAM)) {
      return "/events/%73tream";
    }
    return "/events/"
        + (isPlain(value)
            ? value
            : URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
  }

  private static boolean isPlain(String text) {
    // "." and ".." have plain characters but are not plain path segments.
    boolean isPlain = !text.equals(".") && !text.equals("..");
    for (int index = 0; index < text.length() && isPlain; index++) {
      char character = text.charAt(index);
      isPlain =
          (character >= 'a' && character <= 'z')
              || (character >= 'A' && character <= 'Z')
              || (character >= '0' && character <= '9')
              || character == '-'
              || character == '_'
              || character == '.';
    }
    return isPlain;
  }
}

package dev.sluice.adapter.http;

import dev.sluice.domain.event.EventId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Addresses of things within the API.
public final class Paths {

  /// What stands in the place of an id where changes are streamed; an event with this id is found
  /// under another spelling of it.
  private static final String STREAM = "stream";

  private Paths() {}

  /// Where an event is found. Its id may hold any character, so what is not plain is
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
    // "." and ".." are plain characters but not plain path segments.
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

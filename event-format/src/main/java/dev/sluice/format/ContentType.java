package dev.sluice.format;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A media type as a `Content-Type` names it, as far as it matters here.
///
/// @param type in lower case, without parameters
/// @param charset in lower case; nothing when none is named, and no known one when several are
public record ContentType(String type, Optional<String> charset) {

  private static final String CHARSET = "charset=";

  public static ContentType parse(String text) {
    String[] parts = text.toLowerCase(Locale.ROOT).split(";", -1);
    Set<String> charsets = new LinkedHashSet<>();
    for (int index = 1; index < parts.length; index++) {
      String parameter = parts[index].strip();
      if (parameter.startsWith(CHARSET)) {
        charsets.add(parameter.substring(CHARSET.length()).replace("\"", ""));
      }
    }
    return new ContentType(
        parts[0].strip(),
        charsets.isEmpty() ? Optional.empty() : Optional.of(String.join(" and ", charsets)));
  }

  /// Whether a Content-Type header says that the event is in the body with all its attributes; then
  /// `ce-` headers mean nothing (CloudEvents HTTP binding, 3).
  public static boolean isCloudEvents(Optional<String> contentType) {
    return contentType.orElse("").toLowerCase(Locale.ROOT).startsWith("application/cloudevents");
  }

  /// JSON by the rule of CloudEvents (JSON format, 3.1.1).
  boolean isJson() {
    return type.endsWith("/json") || type.endsWith("+json");
  }

  boolean isXml() {
    return type.endsWith("/xml") || type.endsWith("+xml");
  }

  boolean isText() {
    return type.startsWith("text/");
  }
}

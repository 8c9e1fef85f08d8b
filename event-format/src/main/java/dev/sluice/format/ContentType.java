package dev.sluice.format;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A media type from a `Content-Type` header, reduced to type and charset.
///
/// @param type in lower case, without parameters
/// @param charset in lower case; empty when none is given, and an unknown one when several are
///   given
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

  /// Returns whether a Content-Type header says that the body contains the event with all its
  /// attributes; `ce-` headers are then ignored (CloudEvents HTTP binding, 3).
  public static boolean isCloudEvents(Optional<String> contentType) {
    return contentType.orElse("").toLowerCase(Locale.ROOT).startsWith("application/cloudevents");
  }

  /// Returns whether the type is JSON by the rule of CloudEvents (JSON format, 3.1.1).
  public boolean isJson() {
    return type.endsWith("/json") || type.endsWith("+json");
  }

  boolean isXml() {
    return type.endsWith("/xml") || type.endsWith("+xml");
  }

  boolean isText() {
    return type.startsWith("text/");
  }
}

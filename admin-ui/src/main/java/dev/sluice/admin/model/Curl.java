package dev.sluice.admin.model;

import dev.sluice.admin.api.Target;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Requests as curl commands. They never contain a key: they read it from `$SLUICE_KEY`.
public final class Curl {

  private Curl() {}

  /// Returns a GET of a path, which is already encoded.
  public static String get(Target target, String path) {
    return "curl -s" + key(target) + ' ' + quoted(target.base() + path);
  }

  /// Returns a command that sends an event.
  public static String send(Target target, String json) {
    return "curl -s"
        + key(target)
        + " -H 'Content-Type: application/json' -d "
        + quoted(json)
        + ' '
        + quoted(target.base() + "/events");
  }

  private static String key(Target target) {
    return target.key().isPresent() ? " -H \"Authorization: Bearer $SLUICE_KEY\"" : "";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /// Returns a text as a part of a path.
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

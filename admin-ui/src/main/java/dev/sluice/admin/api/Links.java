package dev.sluice.admin.api;

import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the cursor of the next page from the `Link` header (RFC 8288).
final class Links {

  private static final Pattern CURSOR = next("cursor");
  private static final Pattern AFTER = next("after");

  private Links() {}

  private static Pattern next(String parameter) {
    return Pattern.compile("<[^>]*[?&]" + parameter + "=([^&>]+)[^>]*>; rel=\"next\"");
  }

  static Optional<String> next(HttpResponse<?> response) {
    return find(CURSOR, response);
  }

  /// Returns the name after which the next page begins, in lists by name.
  static Optional<String> after(HttpResponse<?> response) {
    return find(AFTER, response);
  }

  private static Optional<String> find(Pattern link, HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Link")
        .map(link::matcher)
        .filter(Matcher::find)
        .map(found -> URLDecoder.decode(found.group(1), StandardCharsets.UTF_8));
  }
}

package dev.sluice.admin.api;

import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the cursor of the next page from the `Link` header (RFC 8288).
final class Links {

  private static final Pattern NEXT =
      Pattern.compile("<[^>]*[?&]cursor=([^&>]+)[^>]*>; rel=\"next\"");

  private Links() {}

  static Optional<String> next(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Link")
        .map(NEXT::matcher)
        .filter(Matcher::find)
        .map(found -> URLDecoder.decode(found.group(1), StandardCharsets.UTF_8));
  }
}

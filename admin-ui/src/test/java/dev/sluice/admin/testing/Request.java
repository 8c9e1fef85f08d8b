package dev.sluice.admin.testing;

import java.util.Map;
import java.util.Optional;

/// What a fake service was asked.
///
/// @param path with its query
/// @param headers by lower-case name
public record Request(String method, String path, Map<String, String> headers, String body) {

  /// A header.
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /// The path without its query.
  public String bare() {
    int mark = path.indexOf('?');
    return mark < 0 ? path : path.substring(0, mark);
  }
}

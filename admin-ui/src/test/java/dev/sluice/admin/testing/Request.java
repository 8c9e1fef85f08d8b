package dev.sluice.admin.testing;

import java.util.Map;
import java.util.Optional;

/// A request to the fake service.
///
/// @param path path with its query
/// @param headers headers by lower-case name
public record Request(String method, String path, Map<String, String> headers, String body) {

  /// Returns a header.
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /// Returns the path without its query.
  public String bare() {
    int mark = path.indexOf('?');
    return mark < 0 ? path : path.substring(0, mark);
  }
}

package dev.sluice.process.webhook;

import java.util.Map;
import java.util.Optional;

/// A request that a receiver read whole.
///
/// @param path from its first line
/// @param headers by their names in lower case
/// @param body its body
record Message(String path, Map<String, String> headers, String body) {

  Message {
    headers = Map.copyOf(headers);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /// Returns the subscription that its URL names.
  String subscription() {
    return path.substring(1);
  }
}

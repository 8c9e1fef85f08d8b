package dev.sluice.adapter.webhook;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which headers a subscription may add to its requests.
final class HeaderRules {

  /// Headers that the service writes itself.
  private static final Set<String> OWN =
      Set.of("accept", "content-type", "traceparent", "tracestate", "user-agent");

  private HeaderRules() {}

  /// Returns why one of the headers is refused, by its name; empty when all are accepted.
  static Optional<Map.Entry<String, String>> problemWith(Map<String, String> headers) {
    var seen = new HashSet<String>();
    for (Map.Entry<String, String> header : headers.entrySet()) {
      String name = header.getKey();
      Optional<String> problem =
          seen.add(name.toLowerCase(Locale.ROOT))
              ? problemWith(name, header.getValue())
              : Optional.of("is given twice in different case: keep one");
      if (problem.isPresent()) {
        return Optional.of(Map.entry(name, problem.get()));
      }
    }
    return Optional.empty();
  }

  /// Returns why a header is refused; empty when it is accepted.
  static Optional<String> problemWith(String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.equals("authorization") || lower.equals("cookie")) {
      return Optional.of("would be shown to everyone who reads the subscription: use credentials");
    }
    return problemWithName(lower).or(() -> WebhookRequest.problemWithHeader(name, value));
  }

  /// Returns why credentials cannot be sent in a header; empty when they can.
  ///
  /// @param others the names of the other headers
  static Optional<String> problemWithCredentials(String name, Set<String> others) {
    if (others.stream().anyMatch(name::equalsIgnoreCase)) {
      return Optional.of("is also among the headers: remove it there");
    }
    return problemWithName(name.toLowerCase(Locale.ROOT))
        .or(() -> WebhookRequest.problemWithHeader(name, ""));
  }

  private static Optional<String> problemWithName(String lower) {
    boolean isOwn = lower.startsWith("webhook-") || lower.startsWith("ce-") || OWN.contains(lower);
    return isOwn ? Optional.of("is written by the service itself: remove it") : Optional.empty();
  }
}

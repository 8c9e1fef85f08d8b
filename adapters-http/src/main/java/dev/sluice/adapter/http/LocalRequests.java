package dev.sluice.adapter.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Tells requests of this machine's programs from those of web pages in its browser.
///
/// A page of another site says so in `Origin`. A page whose name was made to point to this machine
/// (DNS rebinding) is the same origin for the browser, but names itself in `Host`.
final class LocalRequests {

  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost\\.?|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?");

  /// What browsers say of requests without `Origin`, such as those for images.
  private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");

  private static final Set<String> FOREIGN_SITES = Set.of("cross-site", "same-site");

  private LocalRequests() {}

  static boolean isLocal(Exchange exchange) {
    return isLocal(exchange.header(HeaderNames.HOST), exchange.header(HeaderNames.ORIGIN))
        && !FOREIGN_SITES.contains(exchange.header(FETCH_SITE).orElse(""));
  }

  /// @param host the header `Host`; only programs leave it out
  /// @param origin the header `Origin`; browsers send it with whatever changes something
  static boolean isLocal(Optional<String> host, Optional<String> origin) {
    String named = host.orElse("localhost").toLowerCase(Locale.ROOT);
    return LOOPBACK.matcher(named).matches()
        && (origin.isEmpty() || hostOf(origin.get()).equals(Optional.of(named)));
  }

  private static Optional<String> hostOf(String origin) {
    String text = origin.toLowerCase(Locale.ROOT);
    for (String scheme : new String[] {"http://", "https://"}) {
      if (text.startsWith(scheme)) {
        return Optional.of(text.substring(scheme.length()));
      }
    }
    return Optional.empty();
  }
}

package dev.sluice.adapter.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Distinguishes requests of programs from those that a browser sends for pages of other sites.
///
/// A page of another site is named in `Origin`. A page whose name was made to resolve to this
/// machine (DNS rebinding) has the same origin to the browser, but its name is in `Host`.
final class LocalRequests {

  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost\\.?|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?");

  /// Browsers send it with requests that have no `Origin`, such as those for images.
  private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");

  private static final Set<String> FOREIGN_SITES = Set.of("cross-site", "same-site");

  private LocalRequests() {}

  /// Whether the request does not come from a page of another site, on any listening address.
  static boolean isSameSite(Exchange exchange) {
    return isSameSite(
        exchange.header(HeaderNames.HOST),
        exchange.header(HeaderNames.ORIGIN),
        exchange.header(FETCH_SITE).orElse(""));
  }

  /// @param site the header `Sec-Fetch-Site`; empty without one
  static boolean isSameSite(Optional<String> host, Optional<String> origin, String site) {
    return isSameOrigin(host, origin) && !FOREIGN_SITES.contains(site.toLowerCase(Locale.ROOT));
  }

  /// Whether the request also names this machine, which excludes pages whose name was made to
  /// resolve here.
  static boolean isLocal(Exchange exchange) {
    return isSameSite(exchange)
        && isLocal(exchange.header(HeaderNames.HOST), exchange.header(HeaderNames.ORIGIN));
  }

  /// @param host the header `Host`; only programs omit it
  /// @param origin the header `Origin`; browsers send it with whatever changes something
  static boolean isLocal(Optional<String> host, Optional<String> origin) {
    String named = host.orElse("localhost").toLowerCase(Locale.ROOT);
    return LOOPBACK.matcher(named).matches() && isSameOrigin(host, origin);
  }

  /// @param origin the header `Origin`; browsers send it with whatever changes something
  static boolean isSameOrigin(Optional<String> host, Optional<String> origin) {
    Optional<String> named = Optional.of(host.orElse("localhost").toLowerCase(Locale.ROOT));
    return origin.isEmpty() || hostOf(origin.get()).equals(named);
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

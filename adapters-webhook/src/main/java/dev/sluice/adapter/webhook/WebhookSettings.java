package dev.sluice.adapter.webhook;

import dev.sluice.adapter.webhook.guard.Network;
import dev.sluice.adapter.webhook.guard.WebhookProxy;
import dev.sluice.adapter.webhook.secret.SecretCipher;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// How webhooks are sent, and where to.
///
/// @param userAgent the header `User-Agent`
/// @param origin names this service to receivers that are asked for their permission
/// @param secretKeys one or more keys that encrypt the secrets of subscriptions, see
///   [#problemWithKeys]; asked for once, when there is a secret; without one, no webhook can be
///   stored
/// @param isHttpAllowed whether `http` is accepted beside `https`
/// @param networks networks that are reached although they are not public, such as `10.0.0.0/8`
/// @param ports the ports that a URL may have, such as `443,8000-8999`
/// @param proxy through which all requests are sent, such as `http://proxy.example.com:3128`; it
///   resolves the names of receivers
/// @param pauseAfter after what time of nothing but failures a subscription is paused
/// @param ownAuthorities this service's own endpoints as `host:port`, which are refused
public record WebhookSettings(
    String userAgent,
    String origin,
    Optional<Supplier<String>> secretKeys,
    boolean isHttpAllowed,
    List<String> networks,
    String ports,
    Optional<String> proxy,
    Duration pauseAfter,
    Set<String> ownAuthorities) {

  /// The ports of HTTP and HTTPS.
  public static final String STANDARD_PORTS = "80,443";

  /// @throws IllegalArgumentException when a network or port is malformed
  public WebhookSettings {
    networks = List.copyOf(networks);
    ownAuthorities = Set.copyOf(ownAuthorities);
    networks.forEach(Network::parse);
    AllowedPorts.parse(ports);
    proxy.ifPresent(WebhookProxy::parse);
  }

  /// Returns what is wrong with keys: one or more, separated by commas or white space, each 32
  /// bytes in base64 or 64 hexadecimal digits. Does not repeat them.
  public static Optional<String> problemWithKeys(String keys) {
    return problem(() -> SecretCipher.check(keys));
  }

  /// Returns what is wrong with a network in CIDR notation.
  public static Optional<String> problemWithNetwork(String network) {
    return problem(() -> Network.parse(network));
  }

  /// Returns what is wrong with the URL of a proxy.
  public static Optional<String> problemWithProxy(String url) {
    return problem(() -> WebhookProxy.parse(url));
  }

  /// Returns what is wrong with a list of ports and ranges of ports.
  public static Optional<String> problemWithPorts(String ports) {
    return problem(() -> AllowedPorts.parse(ports));
  }

  private static Optional<String> problem(Runnable check) {
    try {
      check.run();
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /// Hides the keys.
  @Override
  public String toString() {
    return "WebhookSettings[" + networks + ", " + ports + ", http " + isHttpAllowed + "]";
  }
}

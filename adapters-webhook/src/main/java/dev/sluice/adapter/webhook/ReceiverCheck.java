package dev.sluice.adapter.webhook;

import dev.sluice.adapter.webhook.guard.AddressLiteral;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/// Checks a receiver before a subscription to it is stored: its URL, and where its name leads now.
///
/// A name can lead elsewhere later, so [GuardedResolver] and [GuardedSocket] check each connection
/// again.
final class ReceiverCheck {

  private final UrlRules rules;
  private final DnsCache names;
  private final boolean looksUp;

  ReceiverCheck(UrlRules rules, DnsCache names) {
    this(rules, names, true);
  }

  /// @param looksUp whether the addresses of names are looked up: not where a proxy does that
  ReceiverCheck(UrlRules rules, DnsCache names, boolean looksUp) {
    this.rules = rules;
    this.names = names;
    this.looksUp = looksUp;
  }

  /// @param limit how long to wait for the addresses of the name
  /// @throws RefusedUrlException when no webhook may be sent to the URL, or its name has no address
  WebhookUrl check(String url, Duration limit) throws InterruptedException {
    WebhookUrl checked = new UrlCheck(rules).check(url);
    if (!looksUp && AddressLiteral.parse(checked.host()).isEmpty()) {
      return checked;
    }
    List<InetAddress> addresses = addresses(checked.host(), limit);
    rules
        .guard()
        .refusalOfAny(addresses)
        .ifPresent(
            why -> {
              throw new RefusedUrlException(
                  "\""
                      + checked.host()
                      + "\" resolves to an address that webhooks must not reach. "
                      + why);
            });
    return checked;
  }

  private List<InetAddress> addresses(String host, Duration limit) throws InterruptedException {
    try {
      return names.addressesOf(host, limit);
    } catch (UnknownHostException | TimeoutException e) {
      throw new RefusedUrlException(
          "No address was found for \"" + host + "\"; check the name, or try again later.");
    }
  }
}

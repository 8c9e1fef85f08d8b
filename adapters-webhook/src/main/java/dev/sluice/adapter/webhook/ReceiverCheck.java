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

  private static final System.Logger LOG = System.getLogger(ReceiverCheck.class.getName());

  private final UrlRules rules;
  private final DnsCache names;
  private final Lookup lookup;

  /// Whether the addresses of names are looked up.
  enum Lookup {
    /// Names must have an address.
    REQUIRED,
    /// Names may have none at the moment.
    TRIED,
    /// A proxy does that.
    BY_PROXY
  }

  ReceiverCheck(UrlRules rules, DnsCache names) {
    this(rules, names, Lookup.REQUIRED);
  }

  ReceiverCheck(UrlRules rules, DnsCache names, Lookup lookup) {
    this.rules = rules;
    this.names = names;
    this.lookup = lookup;
  }

  /// @param limit how long to wait for the addresses of the name
  /// @throws RefusedUrlException when no webhook may be sent to the URL, or its name has no address
  ///   and must have one
  WebhookUrl check(String url, Duration limit) throws InterruptedException {
    WebhookUrl checked = new UrlCheck(rules).check(url);
    if (lookup == Lookup.BY_PROXY && AddressLiteral.parse(checked.host()).isEmpty()) {
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
      if (lookup == Lookup.TRIED) {
        LOG.log(
            System.Logger.Level.WARNING,
            "no address was found for {0}: webhooks to it are retried until there is one",
            host);
        return List.of();
      }
      throw new RefusedUrlException(
          "No address was found for \"" + host + "\"; check the name, or try again later.");
    }
  }
}

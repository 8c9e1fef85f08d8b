package dev.sluice.adapter.webhook;

import dev.sluice.adapter.webhook.guard.AddressGuard;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;

/// Resolves the host of a new connection, within the deadline of the attempt, and refuses it when
/// the guard refuses any of its addresses.
final class GuardedResolver implements DnsResolver {

  private final DnsCache names;
  private final AddressGuard guard;

  GuardedResolver(DnsCache names, AddressGuard guard) {
    this.names = names;
    this.guard = guard;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    RequestProgress attempt = RequestProgress.current();
    attempt.began(RequestPhase.RESOLVE);
    try {
      List<InetAddress> addresses = names.addressesOf(host, attempt.remaining());
      requireAllowed(host, addresses);
      attempt.ended(RequestPhase.RESOLVE);
      return addresses.toArray(InetAddress[]::new);
    } catch (TimeoutException e) {
      attempt.expire();
      throw unknown(host, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown(host, e);
    }
  }

  private static UnknownHostException unknown(String host, Exception cause) {
    var failure = new UnknownHostException("No address for \"" + host + "\".");
    failure.initCause(cause);
    return failure;
  }

  private void requireAllowed(String host, List<InetAddress> addresses)
      throws RefusedAddressException {
    Optional<String> refusal = guard.refusalOfAny(addresses);
    if (refusal.isPresent()) {
      throw new RefusedAddressException(
          "\"" + host + "\" resolves to an address that webhooks must not reach. " + refusal.get());
    }
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}

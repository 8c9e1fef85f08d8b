package dev.sluice.adapter.webhook;

import dev.sluice.adapter.webhook.guard.AddressGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Optional;

/// A socket that asks the guard about the very address that it connects to. It is the last line of
/// defence: every connection of the client uses it, whether a name was resolved for it or not.
///
/// It ignores the proxies of system properties, since it would see only the address of the proxy.
final class GuardedSocket extends Socket {

  private final AddressGuard guard;

  GuardedSocket(AddressGuard guard) {
    super(Proxy.NO_PROXY);
    this.guard = guard;
  }

  @Override
  public void connect(SocketAddress endpoint) throws IOException {
    connect(endpoint, 0);
  }

  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    InetAddress address =
        endpoint instanceof InetSocketAddress internet ? internet.getAddress() : null;
    if (address == null) {
      throw new RefusedAddressException("A webhook is sent to an address, not to " + endpoint);
    }
    Optional<String> refusal = guard.refusal(address);
    if (refusal.isPresent()) {
      throw new RefusedAddressException(refusal.get());
    }
    super.connect(endpoint, timeout);
  }
}

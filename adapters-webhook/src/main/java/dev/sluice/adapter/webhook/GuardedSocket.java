package dev.sluice.adapter.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Optional;

/// A socket that asks the guard about the very address that it connects to. It is the last line: no
/// way through the client, with or without a resolver, leads around it.
///
/// It ignores the proxies that system properties name, since the address would then be theirs.
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
      throw new RefusedAddressException("No webhook may be sent there: " + refusal.get());
    }
    super.connect(endpoint, timeout);
  }
}

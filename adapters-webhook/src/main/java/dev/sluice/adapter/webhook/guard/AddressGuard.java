package dev.sluice.adapter.webhook.guard;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// Decides which addresses may be connected to. The decision is on the bytes of the address, so
/// neither its spelling nor the name that it was resolved from can change it.
///
/// @param allowed ranges that an operator opened although they are refused by default
public record AddressGuard(List<Network> allowed) {

  /// Refuses no address: for connections to a proxy, which is chosen by the operator and connects
  /// to receivers itself.
  public static final AddressGuard OPEN =
      new AddressGuard(List.of(Network.parse("0.0.0.0/0"), Network.parse("::/0")));

  public AddressGuard {
    allowed = List.copyOf(allowed);
  }

  /// Returns what is wrong with a refused address, and what to do; empty when it may be connected
  /// to.
  ///
  /// An IPv6 address passes when it and every IPv4 address inside it pass. So an operator who
  /// allows the NAT64 prefix does not open loopback behind it, and one who allows 10.0.0.0/8 does
  /// not open the way to it through a translator.
  public Optional<String> refusal(InetAddress address) {
    if (address instanceof Inet6Address six && isScoped(six)) {
      return Optional.of(six.getHostAddress() + " names a network interface.");
    }
    byte[] bytes = address.getAddress();
    for (byte[] embedded : EmbeddedAddresses.in(bytes)) {
      Optional<String> why = refusalOf(embedded);
      if (why.isPresent()) {
        return Optional.of(
            address.getHostAddress()
                + " contains "
                + AddressLiteral.text(embedded)
                + ", which "
                + notPublic(why.get()));
      }
    }
    return refusalOf(bytes).map(why -> address.getHostAddress() + ' ' + notPublic(why));
  }

  /// @param why where the address is
  private static String notPublic(String why) {
    return "is not a public address: it "
        + why
        + ". Use a public address, or add it to WEBHOOK_ALLOW_NETWORKS on every node.";
  }

  /// Returns why one of the addresses is refused. All must pass, because which of them will be used
  /// depends on chance.
  public Optional<String> refusalOfAny(List<InetAddress> addresses) {
    return addresses.stream().flatMap(address -> refusal(address).stream()).findFirst();
  }

  private Optional<String> refusalOf(byte[] address) {
    return allowed.stream().anyMatch(network -> network.contains(address))
        ? Optional.empty()
        : RefusedNetworks.refusal(address);
  }

  private static boolean isScoped(Inet6Address address) {
    return address.getScopeId() != 0 || address.getScopedInterface() != null;
  }
}

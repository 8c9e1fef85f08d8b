package dev.sluice.adapter.webhook.guard;

import java.util.List;
import java.util.Optional;

/// Addresses that no webhook may reach unless an operator allows them: all that are not global
/// unicast, IANA's special-purpose blocks, and one public address with a private service behind it.
final class RefusedNetworks {

  private static final Network GLOBAL_IPV6 = Network.parse("2000::/3");

  private static final List<Refused> ALL =
      List.of(
          refused("0.0.0.0/8", "this network"),
          refused("10.0.0.0/8", "private"),
          refused("100.64.0.0/10", "shared by carriers"),
          refused("127.0.0.0/8", "loopback"),
          refused("169.254.0.0/16", "link-local, with the metadata services of clouds"),
          refused("172.16.0.0/12", "private"),
          refused("192.0.0.0/24", "protocol assignments"),
          refused("192.0.2.0/24", "documentation"),
          refused("192.31.196.0/24", "AS112"),
          refused("192.52.193.0/24", "AMT relays"),
          refused("192.88.99.0/24", "6to4 relays"),
          refused("192.168.0.0/16", "private"),
          refused("192.175.48.0/24", "AS112"),
          refused("198.18.0.0/15", "benchmarks"),
          refused("198.51.100.0/24", "documentation"),
          refused("203.0.113.0/24", "documentation"),
          refused("224.0.0.0/4", "multicast"),
          refused("240.0.0.0/4", "reserved"),
          refused("168.63.129.16", "the host of Azure's virtual machines"),
          refused("2001::/23", "protocol assignments, with Teredo"),
          refused("2001:db8::/32", "documentation"),
          refused("2002::/16", "6to4"),
          refused("2620:4f:8000::/48", "AS112"),
          refused("3fff::/20", "documentation"));

  private RefusedNetworks() {}

  private static Refused refused(String network, String purpose) {
    return new Refused(Network.parse(network), purpose);
  }

  /// Returns where a refused address is, as the end of a sentence; empty when it is not.
  ///
  /// @param address 4 or 16 bytes
  static Optional<String> refusal(byte[] address) {
    if (address.length == 16 && !GLOBAL_IPV6.contains(address)) {
      return Optional.of("is outside 2000::/3, the global addresses of IPv6");
    }
    return ALL.stream()
        .filter(refused -> refused.network().contains(address))
        .findFirst()
        .map(refused -> "is in " + refused.network() + " (" + refused.purpose() + ")");
  }

  private record Refused(Network network, String purpose) {}
}

package dev.sluice.adapter.http;

import dev.sluice.adapter.http.HttpSettings.AddressRange;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the address of the client behind trusted proxies: the rightmost address of
/// `X-Forwarded-For` or `Forwarded` (RFC 7239) that is not a trusted proxy. Addresses further left
/// come from the client itself and can be forged.
public final class ClientAddresses {

  private static final HeaderName FORWARDED = HeaderNames.create("Forwarded");
  private static final String FOR = "for=";

  private final List<AddressRange> proxies;

  public ClientAddresses(List<AddressRange> trustedProxies) {
    this.proxies = List.copyOf(trustedProxies);
  }

  /// Whether the address belongs to a trusted proxy.
  public boolean isProxy(InetAddress address) {
    return proxies.stream().anyMatch(range -> range.contains(address));
  }

  /// Returns the address of the client that sent a request.
  ///
  /// @param peer the remote address of the connection
  public InetAddress clientOf(InetAddress peer, ServerRequestHeaders headers) {
    if (proxies.isEmpty() || !isProxy(peer)) {
      return peer;
    }
    List<String> named = values(headers, HeaderNames.X_FORWARDED_FOR);
    List<String> forwarded =
        values(headers, FORWARDED).stream().map(ClientAddresses::nodeOf).toList();
    if (forwarded.isEmpty()) {
      return client(peer, named);
    }
    InetAddress client = client(peer, forwarded);
    // A proxy sets one of the two; the client may have forged the other.
    return named.isEmpty() || client.equals(client(peer, named)) ? client : peer;
  }

  private InetAddress client(InetAddress peer, List<String> hops) {
    InetAddress nearest = peer;
    for (String hop : hops.reversed()) {
      Optional<InetAddress> address = addressIn(hop);
      if (address.isEmpty()) {
        return nearest;
      }
      nearest = address.get();
      if (!isProxy(nearest)) {
        return nearest;
      }
    }
    return nearest;
  }

  /// Returns the elements of all fields with this name, from left to right.
  private static List<String> values(ServerRequestHeaders headers, HeaderName name) {
    List<String> values = new ArrayList<>();
    if (headers.contains(name)) {
      for (String field : headers.get(name).allValues()) {
        for (String element : field.split(",", -1)) {
          values.add(element.strip());
        }
      }
    }
    return values;
  }

  /// Returns the `for` value of a `Forwarded` element; empty without one.
  private static String nodeOf(String element) {
    for (String pair : element.split(";", -1)) {
      String text = pair.strip();
      if (text.regionMatches(true, 0, FOR, 0, FOR.length())) {
        return text.substring(FOR.length()).replace("\"", "");
      }
    }
    return "";
  }

  /// Parses the address in `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1` or `[2001:db8::1]:80`.
  private static Optional<InetAddress> addressIn(String node) {
    if (node.startsWith("[")) {
      int end = node.indexOf(']');
      return end < 0 ? Optional.empty() : AddressRange.address(node.substring(1, end));
    }
    int colon = node.indexOf(':');
    boolean hasPort = colon >= 0 && colon == node.lastIndexOf(':');
    return AddressRange.address(hasPort ? node.substring(0, colon) : node);
  }
}

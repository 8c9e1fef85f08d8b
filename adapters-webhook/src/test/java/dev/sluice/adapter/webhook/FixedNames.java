package dev.sluice.adapter.webhook;

import dev.sluice.adapter.webhook.guard.AddressLiteral;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A lookup that knows only the names that a test tells it, and never asks a name server.
final class FixedNames implements DnsLookup {

  private final Map<String, List<String>> names = new ConcurrentHashMap<>();
  private final List<String> asked = new ArrayList<>();

  FixedNames with(String name, String... addresses) {
    names.put(name, List.of(addresses));
    return this;
  }

  @Override
  public synchronized InetAddress[] addressesOf(String host) throws UnknownHostException {
    asked.add(host);
    List<String> addresses = names.getOrDefault(host, List.of(host));
    var found = new ArrayList<InetAddress>();
    for (String address : addresses) {
      found.add(AddressLiteral.parse(address).orElseThrow(() -> new UnknownHostException(address)));
    }
    return found.toArray(InetAddress[]::new);
  }

  /// Returns the names that were asked for, in order.
  synchronized List<String> asked() {
    return List.copyOf(asked);
  }
}

package dev.sluice.adapter.webhook;

import dev.sluice.adapter.webhook.guard.AddressGuard;
import java.util.Set;

/// Which URLs an installation accepts for webhooks.
///
/// @param httpAllowed whether `http` is accepted beside `https`
/// @param ports the ports that a URL may name or imply
/// @param ownAuthorities this service's own endpoints as `host:port` in lower case; a webhook to
///   itself would be a loop
/// @param guard decides about addresses; an operator's ranges in it also open internal names, which
///   can only resolve to such addresses
record UrlRules(
    boolean httpAllowed, AllowedPorts ports, Set<String> ownAuthorities, AddressGuard guard) {

  UrlRules {
    ownAuthorities = Set.copyOf(ownAuthorities);
  }

  boolean internalNamesAllowed() {
    return !guard.allowed().isEmpty();
  }
}

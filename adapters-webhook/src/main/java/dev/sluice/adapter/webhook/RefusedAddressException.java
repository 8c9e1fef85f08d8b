package dev.sluice.adapter.webhook;

import java.net.UnknownHostException;

/// The guard refused an address. It is an `UnknownHostException` because that is what a resolver
/// may throw, and because the client then does not try the other addresses of the name.
final class RefusedAddressException extends UnknownHostException {

  RefusedAddressException(String message) {
    super(message);
  }
}

package dev.sluice.adapter.webhook;

import java.net.UnknownHostException;

/// The guard refused an address. It counts as an unknown host, which is what a resolver may throw,
/// and what keeps the client from trying the other addresses of the name.
final class RefusedAddressException extends UnknownHostException {

  RefusedAddressException(String message) {
    super(message);
  }
}

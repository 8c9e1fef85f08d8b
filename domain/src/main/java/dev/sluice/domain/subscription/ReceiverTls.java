package dev.sluice.domain.subscription;

import dev.sluice.domain.secret.Secret;
import java.util.Optional;

/// What is particular about TLS to a receiver.
///
/// @param authorities certificates in PEM that are trusted instead of the public authorities
/// @param certificate the chain in PEM with which the client authenticates
/// @param key its private key in PEM; empty to keep the one that is stored
public record ReceiverTls(
    Optional<String> authorities, Optional<String> certificate, Optional<Secret> key) {

  /// Returns the same with this key.
  public ReceiverTls with(Optional<Secret> other) {
    return new ReceiverTls(authorities, certificate, other);
  }
}

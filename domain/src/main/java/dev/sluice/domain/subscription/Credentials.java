package dev.sluice.domain.subscription;

import dev.sluice.domain.secret.Secret;
import java.util.Optional;

/// How requests to a receiver authenticate.
///
/// @param scheme how
/// @param name the user of [Scheme#BASIC], the header of [Scheme#HEADER]; otherwise empty
/// @param secret the token, password or value; empty to keep the one that is stored
public record Credentials(Scheme scheme, String name, Optional<Secret> secret) {

  /// How credentials are sent.
  public enum Scheme {
    /// `Authorization: Bearer` and a token.
    BEARER("bearer"),
    /// `Authorization: Basic` with user and password.
    BASIC("basic"),
    /// A header of the receiver's own with a value.
    HEADER("header");

    private final String wireName;

    Scheme(String wireName) {
      this.wireName = wireName;
    }

    /// Returns the name in the API.
    public String wireName() {
      return wireName;
    }
  }

  /// Returns the same with this secret.
  public Credentials with(Secret other) {
    return new Credentials(scheme, name, Optional.of(other));
  }
}

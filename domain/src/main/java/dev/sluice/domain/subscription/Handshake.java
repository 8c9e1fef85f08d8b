package dev.sluice.domain.subscription;

import java.util.Arrays;
import java.util.Optional;

/// Whether a receiver is asked for its permission before a subscription to it is stored, as HTTP
/// 1.1 Web Hooks for Event Delivery (CloudEvents) describe.
public enum Handshake {
  /// It is not asked.
  OFF("off"),
  /// It is asked; if its response says who may send, this service must be among them.
  IF_OFFERED("if-offered"),
  /// Without its permission, the subscription is refused.
  REQUIRED("required");

  private final String wireName;

  Handshake(String wireName) {
    this.wireName = wireName;
  }

  /// Returns the name in the API.
  public String wireName() {
    return wireName;
  }

  /// Returns the one of this name, if there is one.
  public static Optional<Handshake> of(String wireName) {
    return Arrays.stream(values()).filter(one -> one.wireName.equals(wireName)).findAny();
  }
}

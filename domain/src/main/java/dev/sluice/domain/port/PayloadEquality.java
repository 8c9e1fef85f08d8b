package dev.sluice.domain.port;

import dev.sluice.domain.event.Payload;

/// Tells whether two payloads mean the same.
public interface PayloadEquality {

  /// Whether both are the same JSON value: neither white space, nor the order of members, nor the
  /// spelling of a number or of an escaped character matters.
  boolean isSameValue(Payload one, Payload other);
}

package dev.sluice.domain.port;

import dev.sluice.domain.event.ContentDigest;
import dev.sluice.domain.event.Event;

/// Computes the digests by which events with the same id are compared.
public interface ContentDigests {

  /// Returns the digest of the event's type, source and payload.
  ///
  /// Payloads are compared as JSON values: white space, the order of members, and the spelling of a
  /// number or of an escaped character do not change the digest. A member name that is repeated
  /// within an object stands for the list of its values, in their order. The cost in time and
  /// memory is proportional to the length of the payload, whatever its content.
  ContentDigest of(Event event);
}

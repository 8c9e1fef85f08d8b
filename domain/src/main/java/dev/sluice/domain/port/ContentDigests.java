package dev.sluice.domain.port;

import dev.sluice.domain.event.ContentDigest;
import dev.sluice.domain.event.Event;

/// Computes the digests by which events with the same id are compared.
public interface ContentDigests {

  /// The digest of the event's type, source and payload.
  ///
  /// Payloads count as JSON values: neither white space, nor the order of members, nor the spelling
  /// of a number or of an escaped character changes the digest. A member name that is repeated
  /// within an object stands for the list of its values, in their order. Costs time and memory in
  /// proportion to the length of the payload, whatever it says.
  ContentDigest of(Event event);
}

package dev.sluice.domain.port;

import java.time.Instant;

/// An entry of the activity log. Each entry carries the hash of the previous one, so that no entry
/// can be changed or removed unnoticed.
///
/// @param number counts from 1
/// @param at when it happened, by the clock of the node that did it
/// @param actor who did it
/// @param operation what was done
/// @param previousHash hash of the previous entry; empty for the first one
/// @param hash hash of this entry, which covers the previous hash
public record ActivityEntry(
    long number, Instant at, Actor actor, Operation operation, String previousHash, String hash) {

  /// The caller who did something.
  ///
  /// @param name the key's owner, or a placeholder for a caller without a key
  /// @param keyId id of the key; empty without one
  /// @param role the role of the key
  /// @param address where the request came from
  public record Actor(String name, String keyId, String role, String address) {}

  /// What was done, to what, and with which result.
  ///
  /// @param action such as `event.replay`
  /// @param target the id or name that it was done to
  /// @param detail further input, such as a reason or a filter
  /// @param result the result, such as `202` or `409 event_not_replayable`
  /// @param requestId id of the request; empty when no request asked for it
  public record Operation(
      String action, String target, String detail, String result, String requestId) {}

  /// The end of the chain.
  ///
  /// @param number number of the last entry; 0 when there is none
  /// @param hash hash of the last entry; empty when there is none
  public record Link(long number, String hash) {

    /// The start of the chain, before the first entry.
    public static final Link NONE = new Link(0, "");
  }
}

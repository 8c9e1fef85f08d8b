package dev.sluice.domain.port;

import java.time.Instant;

/// What an operator did. Each entry carries the hash of the one before, so that none can be changed
/// or taken out unnoticed.
///
/// @param number counts from 1
/// @param at when, by the clock of the node that did it
/// @param actor who
/// @param deed what
/// @param previousHash of the entry before; empty for the first one
/// @param hash of this entry, the hash before included
public record ActivityEntry(
    long number, Instant at, Actor actor, Deed deed, String previousHash, String hash) {

  /// Who did something.
  ///
  /// @param name the key's owner, or what stands for somebody without a key
  /// @param keyId which key; empty without one
  /// @param role what the key allows
  /// @param address where the request came from
  public record Actor(String name, String keyId, String role, String address) {}

  /// What was done.
  ///
  /// @param action such as `event.replay`
  /// @param target to what: an id or a name
  /// @param detail what else was said, such as a reason or a filter
  /// @param result what came of it, such as `202` or `409 event_not_replayable`
  /// @param requestId of the request; empty when none asked for it
  public record Deed(
      String action, String target, String detail, String result, String requestId) {}

  /// Where the chain ends.
  ///
  /// @param number of its last entry; 0 when there is none
  /// @param hash of its last entry; empty when there is none
  public record Link(long number, String hash) {

    /// Before the first entry.
    public static final Link NONE = new Link(0, "");
  }
}

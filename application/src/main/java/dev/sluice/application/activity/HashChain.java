package dev.sluice.application.activity;

import dev.sluice.domain.port.ActivityEntry;
import dev.sluice.domain.port.ActivityEntry.Actor;
import dev.sluice.domain.port.ActivityEntry.Link;
import dev.sluice.domain.port.ActivityEntry.Operation;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/// Links entries by hashes: SHA-256 (FIPS 180-4) over the hash of the previous entry and all fields
/// of the entry, in UTF-16BE, each prefixed with its length, so that no two entries have the same
/// text.
final class HashChain {

  private HashChain() {}

  /// The entry that follows `last`.
  static ActivityEntry next(Link last, Instant at, Actor actor, Operation operation) {
    long number = last.number() + 1;
    String hash = hash(number, at, actor, operation, last.hash());
    return new ActivityEntry(number, at, actor, operation, last.hash(), hash);
  }

  /// Whether the entry is unchanged and follows `last`.
  static boolean follows(Link last, ActivityEntry entry) {
    return entry.number() == last.number() + 1
        && entry.previousHash().equals(last.hash())
        && entry
            .hash()
            .equals(
                hash(entry.number(), entry.at(), entry.actor(), entry.operation(), last.hash()));
  }

  private static String hash(
      long number, Instant at, Actor actor, Operation operation, String previous) {
    List<String> parts =
        List.of(
            previous,
            Long.toString(number),
            at.toString(),
            actor.name(),
            actor.keyId(),
            actor.role(),
            actor.address(),
            operation.action(),
            operation.target(),
            operation.detail(),
            operation.result(),
            operation.requestId());
    return sha256(utf16(withLengths(parts)));
  }

  private static StringBuilder withLengths(List<String> parts) {
    var text = new StringBuilder();
    parts.forEach(part -> text.append(part.length()).append(':').append(part).append('\n'));
    return text;
  }

  private static byte[] utf16(CharSequence text) {
    byte[] bytes = new byte[2 * text.length()];
    for (int index = 0; index < text.length(); index++) {
      bytes[2 * index] = (byte) (text.charAt(index) >>> 8);
      bytes[2 * index + 1] = (byte) text.charAt(index);
    }
    return bytes;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

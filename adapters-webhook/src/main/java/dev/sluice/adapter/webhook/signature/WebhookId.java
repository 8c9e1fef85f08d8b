package dev.sluice.adapter.webhook.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;

/// The `webhook-id` of an event: the same for all attempts and replays, so that a receiver can
/// recognise what it has already processed.
final class WebhookId {

  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_-]{1,128}");
  private static final int HASH_LENGTH = 32;

  private WebhookId() {}

  /// Returns the event's id where it is safe to sign, else `evt_` and a hash of it.
  ///
  /// The signed text is `id.timestamp.body`. A producer who chose an id with a dot could move the
  /// border between these and have a request signed that says something else.
  static String of(String eventId) {
    return SAFE.matcher(eventId).matches() ? eventId : "evt_" + hash(eventId);
  }

  private static String hash(String eventId) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(eventId.getBytes(UTF_8));
      return Base64.getUrlEncoder().encodeToString(digest).substring(0, HASH_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}

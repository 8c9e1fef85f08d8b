package dev.sluice.adapter.webhook.signature;

import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.spec.SecretKeySpec;

/// The key that a subscription's requests are signed with, in the form of Standard Webhooks:
/// `whsec_` and 24 to 64 bytes in base64.
///
/// Its text is nowhere but in [#reveal], so that no log shows it by accident.
public final class WebhookSecret {

  public static final String PREFIX = "whsec_";

  private static final int MIN_BYTES = 24;
  private static final int MAX_BYTES = 64;
  private static final int NEW_BYTES = 32;

  private final SecretKeySpec key;

  private WebhookSecret(byte[] bytes) {
    this.key = new SecretKeySpec(bytes, "HmacSHA256");
  }

  /// Makes a secret of 32 bytes.
  ///
  /// @param random must be cryptographically strong
  public static WebhookSecret generate(RandomGenerator random) {
    byte[] bytes = new byte[NEW_BYTES];
    random.nextBytes(bytes);
    return new WebhookSecret(bytes);
  }

  /// Returns the secret that a text stands for.
  ///
  /// @throws IllegalArgumentException when the text is no such secret; the message says what it
  ///   must be, and does not repeat it
  public static WebhookSecret parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw malformed();
    }
    byte[] bytes = decoded(text.substring(PREFIX.length()));
    if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
      throw malformed();
    }
    return new WebhookSecret(bytes);
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      // Without the cause: its message quotes a character of the secret.
      throw malformed();
    }
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "A signing secret must be `"
            + PREFIX
            + "` and "
            + MIN_BYTES
            + " to "
            + MAX_BYTES
            + " bytes in base64.");
  }

  SecretKeySpec key() {
    return key;
  }

  /// Returns the text that a receiver needs.
  public String reveal() {
    return PREFIX + Base64.getEncoder().encodeToString(key.getEncoded());
  }

  @Override
  public String toString() {
    return PREFIX + "…";
  }
}

package dev.sluice.application.access;

import dev.sluice.domain.access.ApiKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// A whole key, as its owner has it: `slc_<id>_<secret>`.
///
/// @param id its public part
/// @param secret its secret part, which is never stored
record KeyText(String id, String secret) {

  private static final String PREFIX = "slc_";
  private static final int LEAST_SECRET = 32;
  private static final int MOST_SECRET = 128;

  /// Parses a key; empty when the text does not have the format of one.
  static Optional<KeyText> parse(String text) {
    int middle = text.indexOf('_', PREFIX.length());
    if (!text.startsWith(PREFIX) || middle < 0) {
      return Optional.empty();
    }
    String id = text.substring(PREFIX.length(), middle);
    String secret = text.substring(middle + 1);
    return ApiKey.isId(id) && isSecret(secret)
        ? Optional.of(new KeyText(id, secret))
        : Optional.empty();
  }

  private static boolean isSecret(String text) {
    return text.length() >= LEAST_SECRET
        && text.length() <= MOST_SECRET
        && text.chars()
            .allMatch(
                one ->
                    (one >= 'a' && one <= 'z')
                        || (one >= 'A' && one <= 'Z')
                        || (one >= '0' && one <= '9'));
  }

  /// The SHA-256 of the secret. That is enough for 32 random bytes, which cannot be guessed; slow
  /// hashes are for passwords that people choose.
  byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(ascii(secret));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static byte[] ascii(String text) {
    byte[] bytes = new byte[text.length()];
    for (int index = 0; index < bytes.length; index++) {
      bytes[index] = (byte) text.charAt(index);
    }
    return bytes;
  }

  /// The hash in hexadecimal digits.
  String hashText() {
    return HexFormat.of().formatHex(hash());
  }

  /// The whole key, including its secret.
  String text() {
    return PREFIX + id + "_" + secret;
  }

  /// Omits the secret, because this text ends up in messages.
  @Override
  public String toString() {
    return PREFIX + id + "_…";
  }
}

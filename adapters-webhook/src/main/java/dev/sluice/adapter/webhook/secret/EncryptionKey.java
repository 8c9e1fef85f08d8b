package dev.sluice.adapter.webhook.secret;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/// An AES-256 key. Its text never contains its bytes.
final class EncryptionKey {

  private static final int BYTES = 32;
  private static final int ID_BYTES = 6;
  private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{64}");
  private static final Pattern SEPARATOR = Pattern.compile("[,\\s]+");

  private final SecretKeySpec key;
  private final String id;

  private EncryptionKey(byte[] bytes) {
    this.key = new SecretKeySpec(bytes, "AES");
    this.id = HexFormat.of().formatHex(Arrays.copyOf(sha256(bytes), ID_BYTES));
  }

  /// Reads one or more keys, separated by commas or whitespace; the first one encrypts.
  ///
  /// @param text each key is 32 bytes in base64 or 64 hexadecimal digits
  /// @throws IllegalArgumentException when one of them is malformed, or there is none; the message
  ///   does not repeat it
  static List<EncryptionKey> parseAll(String text) {
    List<String> parts =
        SEPARATOR.splitAsStream(text.strip()).filter(part -> !part.isEmpty()).toList();
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("there must be at least one key");
    }
    return parts.stream()
        .map(
            part ->
                parse(part)
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "key "
                                    + (parts.indexOf(part) + 1)
                                    + " of "
                                    + parts.size()
                                    + " must be 32 bytes in base64 or 64 hexadecimal digits, such as"
                                    + " `openssl rand -base64 32` prints")))
        .toList();
  }

  private static Optional<EncryptionKey> parse(String text) {
    if (HEX.matcher(text).matches()) {
      return Optional.of(new EncryptionKey(HexFormat.of().parseHex(text)));
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      return bytes.length == BYTES ? Optional.of(new EncryptionKey(bytes)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  SecretKeySpec key() {
    return key;
  }

  /// Names the key without revealing it: the beginning of its SHA-256, in hexadecimal digits.
  String id() {
    return id;
  }

  @Override
  public String toString() {
    return "key " + id;
  }
}

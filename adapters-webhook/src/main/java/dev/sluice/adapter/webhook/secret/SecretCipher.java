package dev.sluice.adapter.webhook.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/// Encrypts secrets with AES-256-GCM (NIST SP 800-38D) and a random nonce of 96 bits. Safe for
/// concurrent use.
///
/// An encrypted secret is `v1:`, the id of its key, `:`, and the nonce, the ciphertext and the tag
/// of 128 bits in base64 for URLs. Its owner is authenticated with it (as associated data), so a
/// writer of the storage cannot copy the secret of one subscription to another.
public final class SecretCipher {

  /// Longer secrets are refused.
  public static final int MAX_CHARACTERS = 8_192;

  private static final Pattern ENCRYPTED = Pattern.compile("v1:([0-9a-f]{12}):([A-Za-z0-9_-]+)");
  private static final String ALGORITHM = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Supplier<String> source;
  private List<EncryptionKey> parsed = List.of();
  private final RandomGenerator random;

  /// @param keys the value of `SECRETS_KEY`: one or more keys; the first one encrypts, each
  ///   decrypts
  /// @param random must be cryptographically strong and safe for concurrent use
  /// @throws IllegalArgumentException when a key is malformed
  public SecretCipher(String keys, RandomGenerator random) {
    this(() -> keys, random);
    this.parsed = EncryptionKey.parseAll(keys);
  }

  /// @param keys as above, asked for once, for the first secret that is encrypted or decrypted
  /// @param random as above
  public SecretCipher(Supplier<String> keys, RandomGenerator random) {
    this.source = keys;
    this.random = random;
  }

  /// Checks the value of `SECRETS_KEY`.
  ///
  /// @throws IllegalArgumentException when a key is malformed; the message does not repeat it
  public static void check(String keys) {
    var _ = EncryptionKey.parseAll(keys);
  }

  /// Encrypts a secret with the first key.
  ///
  /// @param owner what the secret belongs to, such as the name of its subscription; needed to
  ///   decrypt it
  /// @throws IllegalArgumentException when it is longer than [#MAX_CHARACTERS]
  public String encrypt(String secret, String owner) {
    if (secret.length() > MAX_CHARACTERS) {
      throw new IllegalArgumentException(
          "a secret has at most " + MAX_CHARACTERS + " characters, not " + secret.length());
    }
    EncryptionKey key = keys().getFirst();
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] encrypted =
          cipher(Cipher.ENCRYPT_MODE, key, nonce, owner).doFinal(secret.getBytes(UTF_8));
      byte[] all =
          ByteBuffer.allocate(nonce.length + encrypted.length).put(nonce).put(encrypted).array();
      return "v1:" + key.id() + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has AES in GCM mode", e);
    }
  }

  /// Decrypts a secret.
  ///
  /// @param owner the one with which it was encrypted
  /// @throws UndecryptableSecretException when its key is not among the keys, or it was changed or
  ///   encrypted for another owner
  public String decrypt(String encrypted, String owner) {
    Matcher parts = ENCRYPTED.matcher(encrypted);
    if (!parts.matches()) {
      throw new UndecryptableSecretException("it is not in the form of an encrypted secret");
    }
    EncryptionKey key = key(parts.group(1));
    ByteBuffer all = ByteBuffer.wrap(decoded(parts.group(2)));
    byte[] nonce = new byte[NONCE_BYTES];
    all.get(nonce);
    byte[] content = new byte[all.remaining()];
    all.get(content);
    try {
      return new String(cipher(Cipher.DECRYPT_MODE, key, nonce, owner).doFinal(content), UTF_8);
    } catch (AEADBadTagException e) {
      throw new UndecryptableSecretException("it was changed, or belongs to something else");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has AES in GCM mode", e);
    }
  }

  /// Returns whether a secret was encrypted with the first key; if not, it should be encrypted
  /// again, so that the other keys can be removed.
  public boolean usesFirstKey(String encrypted) {
    return encrypted.startsWith("v1:" + keys().getFirst().id() + ":");
  }

  private synchronized List<EncryptionKey> keys() {
    if (parsed.isEmpty()) {
      parsed = EncryptionKey.parseAll(source.get());
    }
    return parsed;
  }

  private EncryptionKey key(String id) {
    return keys().stream()
        .filter(key -> key.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new UndecryptableSecretException(
                    "it was encrypted with key "
                        + id
                        + ", but SECRETS_KEY has "
                        + keys()
                        + "; add the other key behind these"));
  }

  private static byte[] decoded(String text) {
    try {
      byte[] all = Base64.getUrlDecoder().decode(text);
      if (all.length >= NONCE_BYTES + TAG_BITS / Byte.SIZE) {
        return all;
      }
    } catch (IllegalArgumentException e) {
      // Reported below: the cause would quote a part of it.
    }
    throw new UndecryptableSecretException("it is not in the form of an encrypted secret");
  }

  private static Cipher cipher(int mode, EncryptionKey key, byte[] nonce, String owner)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(ALGORITHM);
    cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(owner.getBytes(UTF_8));
    return cipher;
  }
}

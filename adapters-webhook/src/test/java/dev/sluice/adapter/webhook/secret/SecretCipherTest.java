package dev.sluice.adapter.webhook.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretCipherTest {

  private static final byte[] BYTES = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
  private static final String KEY = Base64.getEncoder().encodeToString(BYTES);
  private static final String OTHER_KEY = "ab".repeat(32);
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretCipher secrets = new SecretCipher(KEY, RANDOM);

  @Property(tries = 200)
  void encryptedSecret_canBeDecrypted(@ForAll @StringLength(max = 500) String text) {
    String secret = new String(text.getBytes(UTF_8), UTF_8);

    assertThat(secrets.decrypt(secrets.encrypt(secret, "billing"), "billing")).isEqualTo(secret);
  }

  @Test
  void encryptedSecret_isAesGcmOfTheBytes() throws Exception {
    String[] parts = secrets.encrypt(SECRET, "billing").split(":", -1);
    byte[] all = Base64.getUrlDecoder().decode(parts[2]);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(BYTES, "AES"),
        new GCMParameterSpec(128, all, 0, 12));
    cipher.updateAAD("billing".getBytes(UTF_8));

    assertThat(cipher.doFinal(all, 12, all.length - 12)).asString(UTF_8).isEqualTo(SECRET);
  }

  @Test
  void encryptedSecrets_neverLookAlike() {
    Set<String> encrypted = new HashSet<>();
    for (int number = 0; number < 1_000; number++) {
      encrypted.add(secrets.encrypt(SECRET, "billing"));
    }

    assertThat(encrypted).hasSize(1_000).noneMatch(text -> text.contains("whsec"));
  }

  @Test
  void hexadecimalKey_isTheSameKey() {
    var hexadecimal = new SecretCipher(HexFormat.of().formatHex(BYTES), RANDOM);

    assertThat(hexadecimal.decrypt(secrets.encrypt(SECRET, "billing"), "billing"))
        .isEqualTo(SECRET);
  }

  @Test
  void secretOfAnotherSubscription_isNotDecrypted() {
    String encrypted = secrets.encrypt(SECRET, "billing");

    assertThatThrownBy(() -> secrets.decrypt(encrypted, "mail"))
        .isInstanceOf(UndecryptableSecretException.class)
        .hasMessageContaining("belongs to something else");
  }

  @Test
  void changedSecret_isNotDecrypted() {
    String encrypted = secrets.encrypt(SECRET, "billing");
    int begin = encrypted.lastIndexOf(':') + 1;
    for (int at = begin; at < encrypted.length() - 1; at++) {
      char other = encrypted.charAt(at) == 'A' ? 'B' : 'A';
      String changed = encrypted.substring(0, at) + other + encrypted.substring(at + 1);

      assertThatThrownBy(() -> secrets.decrypt(changed, "billing"))
          .isInstanceOf(UndecryptableSecretException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "v1", "v1:00:AAAA", "v2:000000000000:AAAA", "whsec_AAAA", "v1::"})
  void textThatIsNoEncryptedSecret_isNotDecrypted(String text) {
    assertThatThrownBy(() -> secrets.decrypt(text, "billing"))
        .isInstanceOf(UndecryptableSecretException.class)
        .hasMessageContaining("not in the form");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AAAA", "A", "AAAAAAAAAAAAAAAAAAAA"})
  void contentThatIsTooShort_isNotDecrypted(String content) {
    String encrypted = secrets.encrypt(SECRET, "billing");
    String cut = encrypted.substring(0, encrypted.lastIndexOf(':') + 1) + content;

    assertThatThrownBy(() -> secrets.decrypt(cut, "billing"))
        .isInstanceOf(UndecryptableSecretException.class)
        .hasMessageContaining("not in the form");
  }

  @Test
  void keyThatIsMissing_isNamedWithoutRevealingAny() {
    var other = new SecretCipher(OTHER_KEY, RANDOM);
    String encrypted = secrets.encrypt(SECRET, "billing");
    String id = encrypted.split(":", -1)[1];

    assertThatThrownBy(() -> other.decrypt(encrypted, "billing"))
        .isInstanceOf(UndecryptableSecretException.class)
        .hasMessageContaining("encrypted with key " + id)
        .hasMessageContaining("add the other key behind these")
        .hasMessageNotContainingAny(KEY, OTHER_KEY, SECRET);
  }

  @Test
  void keysInRotation_decryptWhatEitherEncrypted() {
    var rotating = new SecretCipher(OTHER_KEY + ", " + KEY, RANDOM);
    String old = secrets.encrypt(SECRET, "billing");
    String renewed = rotating.encrypt(SECRET, "billing");

    assertThat(rotating.decrypt(old, "billing")).isEqualTo(SECRET);
    assertThat(rotating.usesFirstKey(old)).isFalse();
    assertThat(rotating.usesFirstKey(renewed)).isTrue();
    assertThat(new SecretCipher(OTHER_KEY, RANDOM).decrypt(renewed, "billing")).isEqualTo(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        "AAAA",
        "not base64!",
        "abababababababababababababababababababababababababab"
      })
  void textThatIsNoKey_isRefused(String text) {
    assertThatThrownBy(() -> new SecretCipher(text, RANDOM))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContainingAny("AAAA", "abab");
  }

  @Test
  void wrongKeyAmongSeveral_isNamedByItsPlace() {
    assertThatThrownBy(() -> new SecretCipher(KEY + "\n" + "AAAA", RANDOM))
        .hasMessageContaining("key 2 of 2 must be 32 bytes");
  }

  @Test
  void secretThatIsTooLong_isRefused() {
    assertThatThrownBy(
            () -> secrets.encrypt("x".repeat(SecretCipher.MAX_CHARACTERS + 1), "billing"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

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

final class SecretBoxTest {

  private static final byte[] BYTES = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
  private static final String KEY = Base64.getEncoder().encodeToString(BYTES);
  private static final String OTHER_KEY = "ab".repeat(32);
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretBox box = new SecretBox(KEY, RANDOM);

  @Property(tries = 200)
  void sealedSecret_canBeOpened(@ForAll @StringLength(max = 500) String text) {
    String secret = new String(text.getBytes(UTF_8), UTF_8);

    assertThat(box.open(box.seal(secret, "billing"), "billing")).isEqualTo(secret);
  }

  @Test
  void sealedSecret_isAesGcmOfTheBytes() throws Exception {
    String[] parts = box.seal(SECRET, "billing").split(":", -1);
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
  void sealedSecrets_neverLookAlike() {
    Set<String> sealed = new HashSet<>();
    for (int number = 0; number < 1_000; number++) {
      sealed.add(box.seal(SECRET, "billing"));
    }

    assertThat(sealed).hasSize(1_000).noneMatch(text -> text.contains("whsec"));
  }

  @Test
  void hexadecimalKey_isTheSameKey() {
    var hexadecimal = new SecretBox(HexFormat.of().formatHex(BYTES), RANDOM);

    assertThat(hexadecimal.open(box.seal(SECRET, "billing"), "billing")).isEqualTo(SECRET);
  }

  @Test
  void secretOfAnotherSubscription_isNotOpened() {
    String sealed = box.seal(SECRET, "billing");

    assertThatThrownBy(() -> box.open(sealed, "mail"))
        .isInstanceOf(UnopenableSecretException.class)
        .hasMessageContaining("belongs to something else");
  }

  @Test
  void changedSecret_isNotOpened() {
    String sealed = box.seal(SECRET, "billing");
    int begin = sealed.lastIndexOf(':') + 1;
    for (int at = begin; at < sealed.length() - 1; at++) {
      char other = sealed.charAt(at) == 'A' ? 'B' : 'A';
      String changed = sealed.substring(0, at) + other + sealed.substring(at + 1);

      assertThatThrownBy(() -> box.open(changed, "billing"))
          .isInstanceOf(UnopenableSecretException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "v1", "v1:00:AAAA", "v2:000000000000:AAAA", "whsec_AAAA", "v1::"})
  void textThatIsNoSealedSecret_isNotOpened(String text) {
    assertThatThrownBy(() -> box.open(text, "billing"))
        .isInstanceOf(UnopenableSecretException.class)
        .hasMessageContaining("not in the form");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AAAA", "A", "AAAAAAAAAAAAAAAAAAAA"})
  void contentThatIsTooShort_isNotOpened(String content) {
    String sealed = box.seal(SECRET, "billing");
    String cut = sealed.substring(0, sealed.lastIndexOf(':') + 1) + content;

    assertThatThrownBy(() -> box.open(cut, "billing"))
        .isInstanceOf(UnopenableSecretException.class)
        .hasMessageContaining("not in the form");
  }

  @Test
  void keyThatIsMissing_isNamedWithoutRevealingAny() {
    var other = new SecretBox(OTHER_KEY, RANDOM);
    String sealed = box.seal(SECRET, "billing");
    String id = sealed.split(":", -1)[1];

    assertThatThrownBy(() -> other.open(sealed, "billing"))
        .isInstanceOf(UnopenableSecretException.class)
        .hasMessageContaining("encrypted with key " + id)
        .hasMessageContaining("add the other key behind these")
        .hasMessageNotContainingAny(KEY, OTHER_KEY, SECRET);
  }

  @Test
  void keysInRotation_openWhatEitherSealed() {
    var rotating = new SecretBox(OTHER_KEY + ", " + KEY, RANDOM);
    String old = box.seal(SECRET, "billing");
    String renewed = rotating.seal(SECRET, "billing");

    assertThat(rotating.open(old, "billing")).isEqualTo(SECRET);
    assertThat(rotating.isCurrent(old)).isFalse();
    assertThat(rotating.isCurrent(renewed)).isTrue();
    assertThat(new SecretBox(OTHER_KEY, RANDOM).open(renewed, "billing")).isEqualTo(SECRET);
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
    assertThatThrownBy(() -> new SecretBox(text, RANDOM))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContainingAny("AAAA", "abab");
  }

  @Test
  void wrongKeyAmongSeveral_isNamedByItsPlace() {
    assertThatThrownBy(() -> new SecretBox(KEY + "\n" + "AAAA", RANDOM))
        .hasMessageContaining("key 2 of 2 must be 32 bytes");
  }

  @Test
  void secretThatIsTooLong_isRefused() {
    assertThatThrownBy(() -> box.seal("x".repeat(SecretBox.MAX_CHARACTERS + 1), "billing"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

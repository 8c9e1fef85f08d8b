package dev.sluice.adapter.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.adapter.webhook.SecretStorage.Use;
import dev.sluice.adapter.webhook.secret.SecretCipher;
import dev.sluice.adapter.webhook.secret.UndecryptableSecretException;
import dev.sluice.domain.destination.RefusedDestinationException;
import dev.sluice.domain.secret.Secret;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// An encrypted secret is of use only where it was stored.
final class SecretStorageTest {

  private static final SubscriptionName MAIL = new SubscriptionName("mail");
  private static final SubscriptionName AUDIT = new SubscriptionName("audit");
  private static final String HIDDEN = "hidden";

  private final SecretStorage storage = storage("ab".repeat(32));
  private final Secret stored = storage.encrypt(HIDDEN, MAIL, Use.SIGNING, "/secret");

  private static SecretStorage storage(String keys) {
    return new SecretStorage(Optional.of(new SecretCipher(keys, HandlerFixture.RANDOM)));
  }

  private static void assertUndecryptable(SecretStorage by, Secret secret, String why) {
    assertThatExceptionOfType(UndecryptableSecretException.class)
        .isThrownBy(() -> by.reveal(secret, MAIL, Use.SIGNING))
        .withMessageContaining(why)
        .withMessageNotContaining(HIDDEN);
  }

  @Test
  void secret_isRevealedForItsSubscriptionAndUse() {
    assertThat(storage.reveal(stored, MAIL, Use.SIGNING)).isEqualTo(HIDDEN);
    assertThat(stored.toString()).doesNotContain(HIDDEN);
  }

  @Test
  void secretOfAnotherSubscription_isOfNoUse() {
    assertUndecryptable(
        storage, storage.encrypt(HIDDEN, AUDIT, Use.SIGNING, "/secret"), "something else");
  }

  @Test
  void secretForAnotherUse_isOfNoUse() {
    assertUndecryptable(
        storage, storage.encrypt(HIDDEN, MAIL, Use.CREDENTIALS, "/secret"), "something else");
  }

  @Test
  void otherKey_namesWhatIsMissing() {
    assertUndecryptable(storage("cd".repeat(32)), stored, "SECRETS_KEY has");
    assertUndecryptable(new SecretStorage(Optional.empty()), stored, "SECRETS_KEY is not set");
    assertThat(storage("cd".repeat(32) + "," + "ab".repeat(32)).reveal(stored, MAIL, Use.SIGNING))
        .isEqualTo(HIDDEN);
  }

  @Test
  void sameSecret_isRecognised() {
    assertThat(storage.isSame(stored, HIDDEN, MAIL, Use.SIGNING)).isTrue();
    assertThat(storage.isSame(stored, "other", MAIL, Use.SIGNING)).isFalse();
    assertThat(storage.isSame(stored, HIDDEN, AUDIT, Use.SIGNING)).isFalse();
    assertThat(storage("cd".repeat(32)).isSame(stored, HIDDEN, MAIL, Use.SIGNING)).isFalse();
  }

  @Test
  void longSecret_isRefused() {
    String most = "x".repeat(SecretCipher.MAX_CHARACTERS);

    assertThat(
            storage.reveal(storage.encrypt(most, MAIL, Use.SIGNING, "/secret"), MAIL, Use.SIGNING))
        .isEqualTo(most);
    assertThatExceptionOfType(RefusedDestinationException.class)
        .isThrownBy(() -> storage.encrypt(most + "x", MAIL, Use.SIGNING, "/secret"))
        .withMessage("destination/secret must have at most 8192 characters");
  }
}

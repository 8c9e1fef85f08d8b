package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.access.ApiKey;
import dev.sluice.domain.port.KeyStore;
import dev.sluice.domain.port.KeyStore.Addition;
import dev.sluice.domain.subscription.TypePattern;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The promises of [KeyStore].
public interface KeyStoreContract {

  /// When most keys of these tests are created.
  Instant NOW = SettableClock.START;

  /// Returns a store without keys.
  KeyStore newKeyStore();

  private static Instant later(int seconds) {
    return NOW.plus(Duration.ofSeconds(seconds));
  }

  private static Addition add(KeyStore store, String id, String owner, Instant createdAt) {
    return store.add(Keys.key(id, owner, createdAt, Optional.empty()));
  }

  @Test
  default void addedKey_isKeptAsItIs() {
    KeyStore store = newKeyStore();
    assertThat(store.all()).isEmpty();
    ApiKey viewer = Keys.key("a", "Jürgen", NOW, Optional.of(later(60)));
    ApiKey producer =
        Keys.producer("b", List.of(new TypePattern("order.*"), new TypePattern("ünïcode")));

    assertThat(store.add(viewer)).isEqualTo(Addition.ADDED);
    assertThat(store.add(producer)).isEqualTo(Addition.ADDED);

    assertThat(store.all()).containsExactly(viewer, producer);
  }

  @Test
  default void all_areInTheOrderInWhichTheyWereMade() {
    KeyStore store = newKeyStore();
    add(store, "late", "one", later(1));
    add(store, "b", "two", NOW);
    add(store, "a", "three", NOW);

    assertThat(store.all()).extracting(ApiKey::id).containsExactly("a", "b", "late");
  }

  @Test
  default void thirdLiveKeyOfAnOwner_isRefused() {
    KeyStore store = newKeyStore();
    add(store, "a", "me", NOW);
    add(store, "b", "me", NOW);

    assertThat(add(store, "c", "me", NOW)).isEqualTo(Addition.OWNER_HAS_ENOUGH);
    assertThat(add(store, "d", "you", NOW)).isEqualTo(Addition.ADDED);
    assertThat(store.all()).extracting(ApiKey::id).containsExactly("a", "b", "d");
  }

  @Test
  default void deadKeys_leaveTheirOwnerRoom() {
    KeyStore store = newKeyStore();
    add(store, "revoked", "me", NOW);
    store.add(Keys.key("expired", "me", NOW, Optional.of(later(10))));
    store.revoke("revoked", NOW);

    assertThat(add(store, "a", "me", later(9))).isEqualTo(Addition.ADDED);
    assertThat(add(store, "b", "me", later(9))).isEqualTo(Addition.OWNER_HAS_ENOUGH);
    assertThat(add(store, "c", "me", later(10))).isEqualTo(Addition.ADDED);
  }

  @Test
  default void takenId_isRefused() {
    KeyStore store = newKeyStore();
    add(store, "a", "me", NOW);

    assertThat(add(store, "a", "you", NOW)).isEqualTo(Addition.ID_TAKEN);
    assertThat(store.all()).extracting(ApiKey::owner).containsExactly("me");
  }

  @Test
  default void fullStore_letsTheOldestDeadKeyGo() {
    KeyStore store = newKeyStore();
    for (int number = 0; number < KeyStore.MOST_KEYS; number++) {
      assertThat(add(store, "k" + number, "owner " + number, later(number)))
          .isEqualTo(Addition.ADDED);
    }
    assertThat(add(store, "more", "me", later(5_000))).isEqualTo(Addition.FULL);

    store.revoke("k7", later(1));
    store.revoke("k3", later(2));

    assertThat(add(store, "more", "me", later(5_000))).isEqualTo(Addition.ADDED);
    assertThat(store.all())
        .hasSize(KeyStore.MOST_KEYS)
        .extracting(ApiKey::id)
        .contains("more", "k7")
        .doesNotContain("k3");
  }

  @Test
  default void callersAtOnce_getNoMoreThanTheLimit() {
    KeyStore store = newKeyStore();
    var results = new ConcurrentLinkedQueue<Addition>();

    List<Thread> callers =
        IntStream.range(0, 8)
            .mapToObj(
                number ->
                    Thread.ofPlatform()
                        .start(() -> results.add(add(store, "k" + number, "me", NOW))))
            .toList();
    Eventually.holds("all are answered", () -> callers.stream().noneMatch(Thread::isAlive));

    assertThat(results).hasSize(8).filteredOn(Addition.ADDED::equals).hasSize(2);
    assertThat(store.all()).hasSize(2);
  }

  @Test
  default void revoke_isTakenDownOnce() {
    KeyStore store = newKeyStore();
    add(store, "a", "me", NOW);

    assertThat(store.revoke("a", later(1))).isTrue();
    assertThat(store.revoke("a", later(2))).isTrue();
    assertThat(store.revoke("b", later(2))).isFalse();

    assertThat(store.all().getFirst().revokedAt()).contains(later(1));
  }

  @Test
  default void lastUse_neverGoesBack() {
    KeyStore store = newKeyStore();
    add(store, "a", "me", NOW);
    add(store, "b", "you", NOW);

    store.touch(Map.of("a", later(5), "b", later(1), "unknown", later(1)));
    store.touch(Map.of("a", later(4), "b", later(2)));
    store.touch(Map.of());

    assertThat(store.all())
        .extracting(key -> key.lastUsedAt().orElseThrow())
        .containsExactly(later(5), later(2));
  }
}

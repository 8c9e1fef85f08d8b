package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.port.PauseStore;
import dev.sluice.domain.subscription.Pause;
import dev.sluice.domain.subscription.PauseScope;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// The promises of [PauseStore].
public interface PauseStoreContract {

  /// Returns a new, empty store.
  PauseStore newStore();

  private static Pause pause(PauseScope scope, String reason) {
    return new Pause(
        scope, reason, "ann", SettableClock.START, SettableClock.START.plusSeconds(60));
  }

  private static PauseScope one(String name) {
    return new PauseScope.One(new SubscriptionName(name));
  }

  @Test
  default void newStore_hasNoPauses() {
    assertThat(newStore().all()).isEmpty();
  }

  @Test
  default void pauses_areKeptAsTheyAre() {
    PauseStore store = newStore();
    Pause mail = pause(one("mail"), "receiver is down: 'a' \"b\" \uD83D\uDE80");
    Pause everything =
        new Pause(PauseScope.EVERYTHING, "night", "bob", SettableClock.START, Instant.MAX);

    store.put(mail);
    store.put(everything);

    assertThat(store.all()).containsExactlyInAnyOrder(mail, everything);
  }

  @Test
  default void laterPause_takesThePlaceOfTheFirstOfItsScope() {
    PauseStore store = newStore();
    store.put(pause(one("mail"), "first"));
    store.put(pause(one("audit"), "other"));
    Pause second = new Pause(one("mail"), "second", "bob", SettableClock.START, Instant.MAX);

    store.put(second);

    assertThat(store.all()).containsExactlyInAnyOrder(second, pause(one("audit"), "other"));
  }

  @Test
  default void removedPause_isGoneAndOthersStay() {
    PauseStore store = newStore();
    store.put(pause(one("mail"), "a"));
    store.put(pause(PauseScope.EVERYTHING, "b"));

    assertThat(store.remove(one("mail"))).isTrue();

    assertThat(store.all()).containsExactly(pause(PauseScope.EVERYTHING, "b"));
    assertThat(store.remove(one("mail"))).as("again").isFalse();
    assertThat(store.remove(PauseScope.EVERYTHING)).isTrue();
  }
}

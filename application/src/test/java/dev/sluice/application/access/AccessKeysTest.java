package dev.sluice.application.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.application.access.AuthenticateCallers.Reason;
import dev.sluice.application.access.AuthenticateCallers.Verdict;
import dev.sluice.application.access.ManageKeys.Made;
import dev.sluice.application.access.ManageKeys.NewKey;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.access.ApiKey;
import dev.sluice.domain.access.Role;
import dev.sluice.domain.port.KeyStore;
import dev.sluice.domain.subscription.TypePattern;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AccessKeysTest {

  private static final String ADMIN_KEY = "slc_boss_" + "A1b2".repeat(8);

  private final SettableClock clock = new SettableClock();
  private final KeyStore store = MemoryAdapter.keys();
  private final AtomicInteger made = new AtomicInteger();

  private final AccessKeys keys = node();

  /// Each differs from the others in its first digits, as random ones would.
  private String secret() {
    return String.format(Locale.ROOT, "%012x", made.incrementAndGet()) + "0".repeat(52);
  }

  private AccessKeys node() {
    return new AccessKeys(
        new AccessKeys.Source(store, this::secret, Optional.of(ADMIN_KEY)),
        clock,
        () -> SettableClock.START.until(clock.instant(), ChronoUnit.NANOS));
  }

  private static NewKey newKey(String owner) {
    return new NewKey(owner, Role.OPERATOR, List.of(), false, Optional.empty());
  }

  private Made.Key make(NewKey newKey) {
    return (Made.Key) keys.make(newKey);
  }

  private static Optional<Reason> refusal(AccessKeys node, String text) {
    return switch (node.authenticate(text)) {
      case Verdict.Known _ -> Optional.empty();
      case Verdict.Refused(Reason reason, Optional<String> _) -> Optional.of(reason);
    };
  }

  private void pass(AccessKeys node, Duration time) {
    clock.advance(time);
    node.keepUp();
  }

  @Test
  void madeKey_isKnownAtOnceAndItsSecretIsNotKept() {
    Made.Key key = make(newKey("me"));

    assertThat(key.text()).matches("slc_[0-9a-f]{12}_[0-9a-f]{64}");
    assertThat(keys.authenticate(key.text())).isEqualTo(new Verdict.Known(key.key()));
    assertThat(keys.list()).containsExactly(key.key());
    String secret = key.text().substring(key.text().lastIndexOf('_') + 1);
    assertThat(store.all().toString()).doesNotContain(secret);
  }

  @Test
  void hash_isTheSha256OfTheSecret() {
    var text = new KeyText("a", "abc");

    assertThat(text.hashText())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(text.toString()).doesNotContain("abc");
  }

  @Test
  void otherSecret_isRefused() {
    String text = make(newKey("me")).text();

    assertThat(refusal(keys, text.substring(0, text.length() - 1) + "f"))
        .contains(Reason.WRONG_SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "slc_",
        "slc__",
        "slc_a_short",
        "slc_A_00000000000000000000000000000000",
        "slc_nobody_",
        "xyz_a_00000000000000000000000000000000",
        "slc_a_000000000000000000000000000000-0"
      })
  void textOutOfShape_isMalformed(String text) {
    assertThat(refusal(keys, text)).contains(Reason.MALFORMED);
    assertThat(AccessKeys.isKey(text)).isFalse();
  }

  @Test
  void unknownId_isRefused() {
    assertThat(refusal(keys, "slc_stranger_" + "0".repeat(64))).contains(Reason.UNKNOWN);
    assertThat(refusal(keys, "slc_nobody_" + "0".repeat(64))).contains(Reason.UNKNOWN);
  }

  @Test
  void expiredKey_isRefusedFromTheInstantOn() {
    Instant end = clock.instant().plusSeconds(60);
    String text = make(new NewKey("me", Role.VIEWER, List.of(), false, Optional.of(end))).text();

    clock.advance(Duration.ofSeconds(60).minusNanos(1));
    assertThat(refusal(keys, text)).isEmpty();
    clock.advance(Duration.ofNanos(1));
    assertThat(refusal(keys, text)).contains(Reason.EXPIRED);
  }

  @Test
  void revokedKey_isRefusedHereAtOnceAndElsewhereSoon() {
    Made.Key key = make(newKey("me"));
    AccessKeys other = node();
    other.refresh();
    assertThat(refusal(other, key.text())).isEmpty();

    assertThat(keys.revoke(key.key().id())).isTrue();

    assertThat(refusal(keys, key.text())).contains(Reason.REVOKED);
    pass(other, Duration.ofSeconds(1));
    assertThat(refusal(other, key.text())).contains(Reason.REVOKED);
  }

  @Test
  void unknownKey_cannotBeRevoked() {
    assertThat(keys.revoke("stranger")).isFalse();
    assertThat(keys.revoke("no id at all")).isFalse();
  }

  @Test
  void keyMadeElsewhere_isKnownSoon() {
    AccessKeys other = node();
    String text = make(newKey("me")).text();
    assertThat(refusal(other, text)).contains(Reason.UNKNOWN);

    pass(other, Duration.ofSeconds(1));

    assertThat(refusal(other, text)).isEmpty();
  }

  @Test
  void requests_neverAskTheStorage() {
    var asked = new AtomicInteger();
    KeyStore counting =
        new KeyStore() {
          @Override
          public List<ApiKey> all() {
            asked.incrementAndGet();
            return store.all();
          }

          @Override
          public Addition add(ApiKey key) {
            return store.add(key);
          }

          @Override
          public boolean revoke(String id, Instant at) {
            return store.revoke(id, at);
          }

          @Override
          public void touch(java.util.Map<String, Instant> lastUses) {
            throw new AssertionError("written by a request");
          }
        };
    var node =
        new AccessKeys(
            new AccessKeys.Source(counting, this::secret, Optional.empty()), clock, () -> 0);
    String text = make(newKey("me")).text();
    node.refresh();

    for (int call = 0; call < 100; call++) {
      assertThat(refusal(node, text)).isEmpty();
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void lastUse_isWrittenNowAndThen() {
    Made.Key key = make(newKey("me"));
    clock.advance(Duration.ofSeconds(3));
    Instant used = clock.instant();
    keys.authenticate(key.text());

    pass(keys, Duration.ofSeconds(6));
    assertThat(store.all().getFirst().lastUsedAt()).isEmpty();
    pass(keys, Duration.ofSeconds(1));
    assertThat(store.all().getFirst().lastUsedAt()).contains(used);

    keys.authenticate(key.text());
    keys.writeLastUses();
    assertThat(store.all().getFirst().lastUsedAt()).contains(clock.instant());
  }

  @Test
  void thirdLiveKeyOfAnOwner_isRefused() {
    make(newKey("me"));
    Made.Key second = make(newKey("me"));
    assertThat(keys.make(newKey("me"))).isEqualTo(new Made.OwnerHasEnough());

    keys.revoke(second.key().id());

    assertThat(keys.make(newKey("me"))).isInstanceOf(Made.Key.class);
  }

  @Test
  void configuredKey_isAnAdminsAndIsNotStored() {
    keys.refresh();

    assertThat(keys.authenticate(ADMIN_KEY))
        .isInstanceOfSatisfying(
            Verdict.Known.class,
            known -> {
              assertThat(known.key().role()).isEqualTo(Role.ADMIN);
              assertThat(known.key().owner()).isEqualTo(AccessKeys.CONFIGURATION);
            });
    assertThat(keys.list()).isEmpty();
    assertThat(keys.hasLiveKey()).isTrue();
    keys.writeLastUses();
    assertThat(refusal(keys, ADMIN_KEY.replace("A", "B"))).contains(Reason.WRONG_SECRET);
  }

  @Test
  void withoutConfiguredKey_onlyALiveOneCounts() {
    var node =
        new AccessKeys(
            new AccessKeys.Source(store, this::secret, Optional.empty()), clock, () -> 0);
    assertThat(node.hasLiveKey()).isFalse();
    Made.Key key = make(newKey("me"));
    assertThat(node.hasLiveKey()).isTrue();
    node.revoke(key.key().id());
    assertThat(node.hasLiveKey()).isFalse();
  }

  @Test
  void wishOutOfShape_isRefused() {
    List<TypePattern> types = List.of(TypePattern.ANY);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NewKey("me", Role.ADMIN, types, false, Optional.empty()))
        .withMessage("types must be empty unless the role is producer");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> newKey(" "))
        .withMessageStartingWith("owner must");
  }
}

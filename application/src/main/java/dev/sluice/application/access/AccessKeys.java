package dev.sluice.application.access;

import dev.sluice.domain.access.ApiKey;
import dev.sluice.domain.access.Role;
import dev.sluice.domain.port.KeyStore;
import dev.sluice.domain.port.KeyStore.Addition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// The access keys of a storage, plus one that the configuration may set. Callers are authenticated
/// against an in-memory copy that follows the storage; during an outage the copy stays as it was.
public final class AccessKeys implements ManageKeys, AuthenticateCallers {

  /// The owner of the key from the configuration.
  public static final String CONFIGURATION = "configuration";

  private static final long REFRESH_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long WRITE_NANOS = Duration.ofSeconds(10).toNanos();
  private static final int ID_DIGITS = 12;
  private static final int TRIES = 5;

  /// The key to compare with when no key has the id, so that the check takes the same time.
  private static final KeyText NOBODY = new KeyText("nobody", "");

  private final Source source;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Optional<KnownKey> configured;
  private final KnownKey nobody;

  /// All keys by id. Replaced as a whole, under this object's monitor: otherwise a copy read before
  /// a key was revoked could replace a newer one.
  private volatile Map<String, KnownKey> known = Map.of();

  private long refreshedAt;
  private long writtenAt;

  /// Where keys come from.
  ///
  /// @param store keeps the keys
  /// @param secrets makes 64 unpredictable hexadecimal digits per call
  /// @param configured a whole key with the admin role, on every storage; [#isKey] must hold for it
  public record Source(KeyStore store, Supplier<String> secrets, Optional<String> configured) {}

  /// @param nanoTime a nanosecond counter with an arbitrary origin
  public AccessKeys(Source source, InstantSource clock, LongSupplier nanoTime) {
    this.source = source;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.refreshedAt = nanoTime.getAsLong();
    this.writtenAt = refreshedAt;
    this.configured = source.configured().map(text -> new KnownKey(ofConfiguration(text)));
    this.nobody = new KnownKey(viewer(NOBODY));
  }

  private ApiKey ofConfiguration(String text) {
    KeyText parsed =
        KeyText.parse(text)
            .orElseThrow(
                () -> new IllegalArgumentException("the configured key is not a valid key"));
    return key(parsed, new NewKey(CONFIGURATION, Role.ADMIN, List.of(), false, Optional.empty()));
  }

  private ApiKey viewer(KeyText text) {
    return key(text, new NewKey(text.id(), Role.VIEWER, List.of(), true, Optional.empty()));
  }

  private ApiKey key(KeyText text, NewKey newKey) {
    return new ApiKey(
        text.id(),
        newKey.owner(),
        newKey.role(),
        newKey.types(),
        newKey.hidesPayloads(),
        text.hashText(),
        clock.instant(),
        newKey.expiresAt(),
        Optional.empty(),
        Optional.empty());
  }

  /// Whether a text has the format of a whole key: `slc_`, an id of 1 to 32 of a-z and 0-9, `_`,
  /// and a secret of 32 to 128 letters and digits.
  public static boolean isKey(String text) {
    return KeyText.parse(text).isPresent();
  }

  /// Makes a key for the configuration; no storage keeps it.
  public static String unkept(Supplier<String> secrets) {
    return newText(secrets).text();
  }

  private static KeyText newText(Supplier<String> secrets) {
    return new KeyText(secrets.get().substring(0, ID_DIGITS), secrets.get());
  }

  @Override
  public Verdict authenticate(String text) {
    Optional<KeyText> parsed = KeyText.parse(text);
    KeyText sent = parsed.orElse(NOBODY);
    KnownKey key = known.getOrDefault(sent.id(), nobody);
    boolean isRight = key.hasHash(sent.hash());
    if (parsed.isEmpty()) {
      return new Verdict.Refused(Reason.MALFORMED, Optional.empty());
    }
    if (key == nobody) {
      return new Verdict.Refused(Reason.UNKNOWN, Optional.empty());
    }
    Instant now = clock.instant();
    Optional<Reason> reason =
        isRight ? reasonAgainst(key.key(), now) : Optional.of(Reason.WRONG_SECRET);
    if (reason.isPresent()) {
      return new Verdict.Refused(reason.get(), Optional.of(sent.id()));
    }
    key.used(now);
    return new Verdict.Known(key.key());
  }

  @Override
  public boolean isLive(String keyId) {
    KnownKey key = known.getOrDefault(keyId, nobody);
    return key != nobody && reasonAgainst(key.key(), clock.instant()).isEmpty();
  }

  private static Optional<Reason> reasonAgainst(ApiKey key, Instant now) {
    if (key.revokedAt().isPresent()) {
      return Optional.of(Reason.REVOKED);
    }
    return key.isExpired(now) ? Optional.of(Reason.EXPIRED) : Optional.empty();
  }

  @Override
  public Made make(NewKey newKey) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      KeyText text = newText(source.secrets());
      ApiKey key = key(text, newKey);
      switch (source.store().add(key)) {
        case Addition.ADDED -> {
          refresh();
          return new Made.Key(key, text.text());
        }
        case Addition.OWNER_HAS_ENOUGH -> {
          return new Made.OwnerHasEnough();
        }
        case Addition.FULL -> {
          return new Made.NoRoom();
        }
        case Addition.ID_TAKEN -> {
          // The next attempt makes another id.
        }
      }
    }
    throw new IllegalStateException("the source of secrets repeats itself");
  }

  @Override
  public List<ApiKey> list() {
    return source.store().all();
  }

  @Override
  public boolean revoke(String id) {
    boolean isKnown = ApiKey.isId(id) && source.store().revoke(id, clock.instant());
    if (isKnown) {
      refresh();
    }
    return isKnown;
  }

  @Override
  public boolean hasLiveKey() {
    Instant now = clock.instant();
    return configured.isPresent() || source.store().all().stream().anyMatch(key -> key.isLive(now));
  }

  /// Reloads all keys, including what other nodes created and revoked.
  ///
  /// @throws dev.sluice.domain.port.PortException when the storage does not answer
  public synchronized void refresh() {
    Map<String, KnownKey> before = known;
    var now = new HashMap<String, KnownKey>();
    for (ApiKey key : source.store().all()) {
      KnownKey old = before.get(key.id());
      now.put(key.id(), old == null ? new KnownKey(key) : old.updated(key));
    }
    configured.ifPresent(key -> now.put(key.key().id(), key));
    known = Map.copyOf(now);
  }

  /// Reloads the keys about once a second, and stores the times of their last use about every ten
  /// seconds. Called often, by one thread at a time.
  ///
  /// @throws dev.sluice.domain.port.PortException when the storage does not answer
  public void keepUp() {
    long now = nanoTime.getAsLong();
    if (now - refreshedAt >= REFRESH_NANOS) {
      refreshedAt = now;
      refresh();
    }
    if (now - writtenAt >= WRITE_NANOS) {
      writtenAt = now;
      writeLastUses();
    }
  }

  /// Stores when keys were last used.
  ///
  /// @throws dev.sluice.domain.port.PortException when the storage does not answer
  public synchronized void writeLastUses() {
    var uses = new HashMap<String, Instant>();
    Map<String, KnownKey> present = known;
    present.forEach((id, key) -> key.toWrite().ifPresent(used -> uses.put(id, used)));
    configured.ifPresent(key -> uses.remove(key.key().id()));
    if (!uses.isEmpty()) {
      source.store().touch(uses);
      uses.forEach((id, used) -> present.getOrDefault(id, nobody).written(used));
    }
  }
}

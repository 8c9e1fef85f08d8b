package dev.sluice.adapter.broker.store;

import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.adapter.broker.connection.Script;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import dev.sluice.domain.subscription.SubscriptionChangeResult;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.SubscriptionSet;
import dev.sluice.format.subscription.StoredSubscription;
import dev.sluice.format.subscription.SubscriptionDecoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Keeps subscriptions and their versions in Redis; `subscription-change.lua` names the keys.
public final class RedisSubscriptionStore implements SubscriptionStore {

  private static final String VERSION = "sluice:subscriptions:version";
  private static final String VERSIONS = "sluice:subscriptions:versions:";
  private static final Script CHANGE = Script.timed("subscription-change").evenAtLimit();
  private static final Script ALL = Script.alone("subscription-all");
  private static final Script CHANGED = Script.alone("subscription-changed");

  private static final String ANY = "*";
  private static final String NONE = "-";

  private static final Comparator<StoredSubscription> BY_NAME =
      Comparator.comparing(StoredSubscription::name);

  private final Redis redis;
  private final Supplier<String> time;
  private final SubscriptionDecoder decoder = new SubscriptionDecoder();

  /// @param time the first argument of scripts that need the time
  public RedisSubscriptionStore(Redis redis, Supplier<String> time) {
    this.redis = redis;
    this.time = time;
  }

  /// Returns false: a queue with several consumers cannot keep an order.
  @Override
  public boolean canOrder() {
    return false;
  }

  @Override
  public long version() {
    return redis
        .ask(client -> Optional.ofNullable(client.get(VERSION)))
        .map(Long::valueOf)
        .orElse(0L);
  }

  @Override
  public SubscriptionSet all() {
    List<String> texts = redis.texts(ALL, List.of());
    return new SubscriptionSet(Long.parseLong(texts.getFirst()), decoder.decodeAll(stored(texts)));
  }

  @Override
  public Optional<Changes> changedSince(long version, int limit) {
    List<String> texts =
        redis.texts(CHANGED, List.of(Long.toString(version), Long.toString(limit + 1L)));
    long now = Long.parseLong(texts.getFirst());
    List<StoredSubscription> stored = stored(texts);
    List<Subscription> decoded = decoder.decodeAll(stored);
    // Two cases need the whole set: an emptied Redis has an earlier version, and a subscription
    // that cannot be decoded must disappear from the caller's copy.
    boolean isComplete =
        now >= version && stored.size() <= limit && stored.size() == decoded.size();
    return isComplete ? Optional.of(new Changes(now, decoded)) : Optional.empty();
  }

  /// @param texts the first is the version of the set
  private static List<StoredSubscription> stored(List<String> texts) {
    return texts.stream().skip(1).map(SubscriptionCodec::decode).sorted(BY_NAME).toList();
  }

  @Override
  public SubscriptionChangeResult change(List<SubscriptionChange> changes, String by, Instant at) {
    var arguments = new ArrayList<String>(3 + 4 * changes.size());
    arguments.add(time.get());
    arguments.add(Integer.toString(MAX_SUBSCRIPTIONS));
    arguments.add(Integer.toString(MAX_VERSIONS));
    for (SubscriptionChange change : changes) {
      arguments.add(change.name().value());
      arguments.add(text(change.expected()));
      arguments.add(change.lifecycle() == Lifecycle.DELETED ? "1" : "0");
      arguments.add(SubscriptionCodec.encode(StoredSubscription.of(change.at(0, by, at))));
    }
    List<String> answer = redis.texts(CHANGE, arguments);
    return switch (answer.getFirst()) {
      case "STORED" -> stored(changes, Long.parseLong(answer.get(1)), by, at);
      case "CONFLICT" -> conflict(answer.get(1), answer.get(2));
      default -> new SubscriptionChangeResult.Full();
    };
  }

  private static String text(Expected expected) {
    return switch (expected) {
      case Expected.Any() -> ANY;
      case Expected.Absent() -> NONE;
      case Expected.Version(long version) -> Long.toString(version);
    };
  }

  private static SubscriptionChangeResult stored(
      List<SubscriptionChange> changes, long version, String by, Instant at) {
    return new SubscriptionChangeResult.Stored(
        changes.stream().map(change -> change.at(version, by, at)).toList());
  }

  private SubscriptionChangeResult conflict(String name, String stored) {
    Optional<Subscription> actual =
        stored.isEmpty() ? Optional.empty() : decoder.decode(SubscriptionCodec.decode(stored));
    return new SubscriptionChangeResult.Conflict(new SubscriptionName(name), actual);
  }

  @Override
  public List<Subscription> versions(SubscriptionName name, int limit) {
    List<String> texts = redis.ask(client -> client.lrange(VERSIONS + name.value(), 0, limit - 1L));
    return decoder.decodeAll(texts.stream().limit(limit).map(SubscriptionCodec::decode).toList());
  }
}

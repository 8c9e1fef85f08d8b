package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.codec.Micros;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.domain.figures.DueCounts;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.ZRangeParams;
import redis.clients.jedis.resps.ScanResult;
import redis.clients.jedis.resps.Tuple;

/// The deliveries of a subscription that Redis knows as waiting or parked. There is no index by
/// subscription: it would cost each event a write, and only few questions need it.
final class WaitingDeliveries {

  private static final List<String> KEYS = List.of("sluice:waiting", "sluice:aside");

  /// Members that are looked at for a count.
  private static final int MAX_LOOKED_AT = 10_000;

  private static final int PAGE = 1_000;

  private final Redis redis;

  WaitingDeliveries(Redis redis) {
    this.redis = redis;
  }

  /// Returns how many are due before a time; too few when more than 10,000 of other subscriptions
  /// are.
  int countDueBefore(SubscriptionName subscription, Instant dueAt, int limit) {
    String before = "(" + Micros.text(dueAt);
    return (int)
        KEYS.stream()
            .flatMap(
                key ->
                    redis
                        .ask(
                            client ->
                                client.zrange(
                                    key,
                                    new ZRangeParams(Protocol.Keyword.BYSCORE, "-inf", before)
                                        .limit(0, MAX_LOOKED_AT)))
                        .stream())
            .filter(member -> member.startsWith(prefix(subscription)))
            .limit(limit)
            .count();
  }

  /// Counts what becomes due soon, in all subscriptions.
  DueCounts dueSoon(Instant now, Duration step, int steps) {
    var due = new DueCounts.Builder(now, step, steps, Long.MAX_VALUE);
    for (int place = 0; place < steps; place++) {
      String from = Micros.text(now.plus(step.multipliedBy(place)));
      String until = "(" + Micros.text(now.plus(step.multipliedBy(place + 1L)));
      for (String key : KEYS) {
        due.add(place, redis.ask(client -> client.zcount(key, from, until)));
      }
    }
    return due.build();
  }

  /// Returns the ids of events with such a delivery. Walks through the waiting deliveries of all
  /// subscriptions until there are enough.
  List<String> ids(SubscriptionName subscription, int limit) {
    String prefix = prefix(subscription);
    var ids = new ArrayList<String>();
    for (String key : KEYS) {
      String cursor = ScanParams.SCAN_POINTER_START;
      do {
        ScanResult<Tuple> page = scan(key, cursor, prefix);
        page.getResult().stream()
            .map(Tuple::getElement)
            .filter(member -> member.startsWith(prefix) && ids.size() < limit)
            .forEach(member -> ids.add(member.substring(prefix.length())));
        cursor = page.getCursor();
      } while (!cursor.equals(ScanParams.SCAN_POINTER_START) && ids.size() < limit);
    }
    return ids;
  }

  /// Names have no characters that a pattern gives a meaning to.
  private ScanResult<Tuple> scan(String key, String cursor, String prefix) {
    ScanParams params = new ScanParams().match(prefix + "*").count(PAGE);
    return redis.ask(client -> client.zscan(key, cursor, params));
  }

  private static String prefix(SubscriptionName subscription) {
    return subscription.value() + " ";
  }
}

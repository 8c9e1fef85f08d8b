package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.codec.Micros;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.domain.delivery.ErrorFingerprint;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.DeadLetters;
import dev.sluice.domain.port.ErrorGroup;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ZRangeParams;
import redis.clients.jedis.resps.Tuple;

/// Groups dead letters by failure, from the sorted sets that Redis has for each fingerprint.
final class BrokerDeadLetters implements DeadLetters {

  /// How often groups are read again after some of them turned out to be empty.
  private static final int MOST_TURNS = 20;

  private final Redis redis;
  private final Scripts scripts;
  private final RedisEvents redisEvents;

  BrokerDeadLetters(Redis redis, Scripts scripts) {
    this.redis = redis;
    this.scripts = scripts;
    this.redisEvents = new RedisEvents(redis);
  }

  @Override
  public List<ErrorGroup> groups(ErrorGroup.Trend trend, int limit) {
    return fingerprints(limit).stream()
        .flatMap(fingerprint -> group(fingerprint, trend).stream())
        .sorted(Comparator.comparingLong(ErrorGroup::count).reversed())
        .toList();
  }

  /// Returns the largest groups. Dead letters that Redis expired are removed first, because they
  /// would hide real ones.
  private List<String> fingerprints(int limit) {
    List<String> largest = List.of();
    for (int turn = 0; turn < MOST_TURNS; turn++) {
      largest = redis.ask(client -> client.zrange("sluice:dead", newest(limit)));
      if (largest.isEmpty() || scripts.run(Scripts.GROUPS, largest).getFirst().equals("0")) {
        break;
      }
    }
    return largest;
  }

  private static ZRangeParams newest(int limit) {
    return ZRangeParams.zrangeParams(0, limit - 1).rev();
  }

  /// Returns empty when the last dead letter of the group was just removed.
  private Optional<ErrorGroup> group(String fingerprint, ErrorGroup.Trend trend) {
    Span span = redis.ask(client -> Span.read(client, fingerprint, trend));
    if (span.newest().isEmpty()) {
      return Optional.empty();
    }
    String[] parts = span.newest().getFirst().split(" ", 2);
    var subscription = new SubscriptionName(parts[0]);
    var id = new EventId(parts[1]);
    Optional<FailureCause> cause =
        redisEvents.find(id).flatMap(event -> event.failure(subscription));
    return cause.map(known -> span.group(fingerprint, subscription, known, id));
  }

  /// The figures of one fingerprint.
  private record Span(
      List<String> newest, long count, Instant first, Instant last, long recent, long earlier) {

    static Span read(UnifiedJedis client, String fingerprint, ErrorGroup.Trend trend) {
      String byTime = "sluice:dead:at:" + fingerprint;
      String recentFrom = Micros.text(trend.recentFrom());
      return new Span(
          client.zrange("sluice:dead:no:" + fingerprint, ZRangeParams.zrangeParams(0, 0).rev()),
          client.zcard(byTime),
          time(client.zrangeWithScores(byTime, 0, 0)),
          time(client.zrangeWithScores(byTime, -1, -1)),
          client.zcount(byTime, recentFrom, "+inf"),
          client.zcount(byTime, Micros.text(trend.earlierFrom()), "(" + recentFrom));
    }

    private static Instant time(List<Tuple> found) {
      return found.isEmpty() ? Instant.EPOCH : Micros.toInstant((long) found.getFirst().getScore());
    }

    ErrorGroup group(
        String fingerprint, SubscriptionName subscription, FailureCause cause, EventId id) {
      return new ErrorGroup(
          ErrorFingerprint.parse(fingerprint).orElseThrow(),
          subscription,
          cause,
          count,
          first,
          last,
          id,
          recent,
          earlier);
    }
  }
}

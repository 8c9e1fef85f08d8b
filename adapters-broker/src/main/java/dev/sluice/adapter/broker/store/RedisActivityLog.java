package dev.sluice.adapter.broker.store;

import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.adapter.broker.connection.Script;
import dev.sluice.domain.port.ActivityEntry;
import dev.sluice.domain.port.ActivityEntry.Link;
import dev.sluice.domain.port.ActivityLog;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.port.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import redis.clients.jedis.Protocol.Keyword;
import redis.clients.jedis.params.ZRangeParams;

/// The activity log: a sorted set of entries by number, and a hash with both ends of the chain. An
/// append names the entry that it follows, and is retried when that is no longer the last one.
public final class RedisActivityLog implements ActivityLog {

  private static final String ENTRIES = "sluice:activity";
  private static final String BOUNDS = "sluice:activity:bounds";
  private static final Script APPEND = Script.alone("activity-append").evenAtLimit();
  private static final Script FORGET = Script.alone("activity-forget").evenAtLimit();

  /// Of concurrent appends one succeeds each time.
  private static final int MOST_TRIES = 1_000;

  private final Redis redis;

  public RedisActivityLog(Redis redis) {
    this.redis = redis;
  }

  @Override
  public ActivityEntry append(Function<Link, ActivityEntry> next) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Link last = bounds().last();
      ActivityEntry entry = next.apply(last);
      if (isAppended(last, entry)) {
        return entry;
      }
    }
    throw new StoreUnavailableException("the activity log is busy; tries: " + MOST_TRIES);
  }

  private boolean isAppended(Link last, ActivityEntry entry) {
    return redis.number(
            APPEND,
            List.of(
                Long.toString(last.number()),
                last.hash(),
                Long.toString(entry.number()),
                entry.hash(),
                ActivityEntryCodec.encode(entry)))
        > 0;
  }

  @Override
  public Page<ActivityEntry> newest(Cursor after, int limit) {
    ZRangeParams range =
        new ZRangeParams(Keyword.BYSCORE, "(" + after.position(), "-inf").rev().limit(0, limit + 1);
    List<ActivityEntry> found = entries(range);
    boolean hasMore = found.size() > limit;
    List<ActivityEntry> page = hasMore ? found.subList(0, limit) : found;
    return new Page<>(page, hasMore ? new Cursor(page.getLast().number()) : Cursor.END);
  }

  @Override
  public List<ActivityEntry> from(long number, int limit) {
    return entries(
        new ZRangeParams(Keyword.BYSCORE, Long.toString(number), "+inf").limit(0, limit));
  }

  private List<ActivityEntry> entries(ZRangeParams range) {
    return redis.ask(client -> client.zrange(ENTRIES, range)).stream()
        .map(ActivityEntryCodec::decode)
        .toList();
  }

  @Override
  public Bounds bounds() {
    // The scripts use these field names.
    List<String> found =
        redis.ask(
            client ->
                client.hmget(
                    BOUNDS, "forgotten_number", "forgotten_hash", "last_number", "last_hash"));
    return new Bounds(link(found.subList(0, 2)), link(found.subList(2, 4)));
  }

  private static Link link(List<String> parts) {
    return Optional.ofNullable(parts.getFirst())
        .map(number -> new Link(Long.parseLong(number), parts.getLast()))
        .orElse(Link.NONE);
  }

  @Override
  public int purge(Instant before, long keepMost, int limit) {
    Bounds bounds = bounds();
    long last = bounds.last().number();
    List<ActivityEntry> old =
        from(bounds.forgotten().number() + 1, limit).stream()
            .filter(entry -> entry.number() < last)
            .takeWhile(entry -> entry.at().isBefore(before) || entry.number() <= last - keepMost)
            .toList();
    return old.isEmpty() || !isForgotten(bounds.forgotten(), old.getLast()) ? 0 : old.size();
  }

  /// @return false when another node purged entries meanwhile
  private boolean isForgotten(Link forgotten, ActivityEntry upTo) {
    return redis.number(
            FORGET,
            List.of(Long.toString(forgotten.number()), Long.toString(upTo.number()), upTo.hash()))
        > 0;
  }
}

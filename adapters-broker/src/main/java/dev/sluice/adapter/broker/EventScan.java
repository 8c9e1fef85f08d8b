package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.codec.StatusLetters;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.EventCount;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.port.PageRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import redis.clients.jedis.params.ZRangeParams;
import redis.clients.jedis.resps.Tuple;

/// Reads events, newest first, and selects those that match a filter.
///
/// A filter by statuses other than completed uses an index; any other one reads each event, a
/// bounded number of them at a time.
final class EventScan {

  private static final int STEP = 250;
  private static final int MOST_LOOKED_AT = 4_000;
  private static final long GROUP_BYTES = 4 << 20;

  private final Redis redis;
  private final RedisEvents redisEvents;
  private final EventFilter filter;

  EventScan(Redis redis, EventFilter filter) {
    this.redis = redis;
    this.redisEvents = new RedisEvents(redis);
    this.filter = filter;
  }

  /// Returns matching events, up to `limit` of them or about [PageRequest#MAX_CHARACTERS] of
  /// payload, and where to continue.
  Page<RedisEvent> page(Cursor after, int limit) {
    return scan(new Choice(after.position(), limit, true));
  }

  /// Returns how many events match, up to `most`, and where to continue.
  EventCount count(Cursor after, int most) {
    Page<RedisEvent> page = scan(new Choice(after.position(), most, !filter.text().isEmpty()));
    return new EventCount(page.items().size(), page.next());
  }

  private Page<RedisEvent> scan(Choice choice) {
    int looked = 0;
    int step = Math.min(STEP, choice.limit + 1);
    while (looked < MOST_LOOKED_AT) {
      List<Tuple> candidates = below(choice.position, step);
      if (!takeInGroups(choice, candidates)) {
        return new Page<>(choice.chosen, new Cursor(choice.position));
      }
      looked += candidates.size();
      if (candidates.size() < step) {
        return new Page<>(choice.chosen, Cursor.END);
      }
    }
    return new Page<>(choice.chosen, new Cursor(choice.position));
  }

  /// @return false when there is no room for a matching event
  private boolean takeInGroups(Choice choice, List<Tuple> candidates) {
    List<RedisEvents.Head> heads =
        redisEvents.heads(candidates.stream().map(Tuple::getElement).toList());
    for (int from = 0, to; from < candidates.size(); from = to) {
      to = endOfGroup(heads, from);
      if (!choice.takeAll(candidates.subList(from, to), heads.subList(from, to))) {
        return false;
      }
    }
    return true;
  }

  /// Returns where the group of payloads ends that are loaded together: a few hundred large ones
  /// would take more memory than a page may.
  private int endOfGroup(List<RedisEvents.Head> heads, int from) {
    long bytes = 0;
    int to = from;
    while (to < heads.size() && (to == from || bytes + bytes(heads.get(to)) <= GROUP_BYTES)) {
      bytes += bytes(heads.get(to));
      to++;
    }
    return to;
  }

  private long bytes(RedisEvents.Head head) {
    return isWorthALook(head) ? head.size() : 0;
  }

  /// Returns whether the event may match, as far as is known without its payload.
  private boolean isWorthALook(RedisEvents.Head head) {
    return !head.isKnown() || head.event().filter(this::isChosenButForText).isPresent();
  }

  private boolean isChosenButForText(RedisEvent event) {
    return filter.withText("").accepts(event.summary());
  }

  /// The events selected so far.
  private final class Choice {

    private final List<RedisEvent> chosen = new ArrayList<>();
    private final int limit;
    private final boolean withPayloads;
    private long characters;
    private long position;

    Choice(long position, int limit, boolean withPayloads) {
      this.position = position;
      this.limit = limit;
      this.withPayloads = withPayloads;
    }

    /// @return false when there is no room for a matching event
    boolean takeAll(List<Tuple> candidates, List<RedisEvents.Head> heads) {
      List<Optional<RedisEvent>> events = load(candidates, heads);
      for (int index = 0; index < candidates.size(); index++) {
        Optional<RedisEvent> event = events.get(index).filter(EventScan.this::isChosen);
        boolean isFull = chosen.size() == limit || characters >= PageRequest.MAX_CHARACTERS;
        if (event.isPresent() && isFull) {
          return false;
        }
        position = (long) candidates.get(index).getScore();
        if (event.isPresent()) {
          chosen.add(event.get());
          characters += event.get().event().length();
        }
      }
      return true;
    }

    private List<Optional<RedisEvent>> load(List<Tuple> candidates, List<RedisEvents.Head> heads) {
      var wanted = new ArrayList<String>();
      for (int index = 0; index < heads.size(); index++) {
        RedisEvents.Head head = heads.get(index);
        if (isWorthALook(head) && (withPayloads || !head.isKnown())) {
          wanted.add(candidates.get(index).getElement());
        }
      }
      Iterator<Optional<RedisEvent>> loaded = redisEvents.find(wanted).iterator();
      var events = new ArrayList<Optional<RedisEvent>>();
      for (RedisEvents.Head head : heads) {
        boolean isLoaded = isWorthALook(head) && (withPayloads || !head.isKnown());
        events.add(isLoaded ? loaded.next() : head.event());
      }
      return events;
    }
  }

  private boolean isChosen(RedisEvent event) {
    return filter.accepts(event.summary());
  }

  /// Returns the next events below a sequence, newest first.
  private List<Tuple> below(long position, int limit) {
    var newest = new TreeMap<Double, Tuple>();
    for (String index : indexes()) {
      List<Tuple> part =
          redis.ask(
              client ->
                  client.zrangeWithScores(
                      index,
                      ZRangeParams.zrangeByScoreParams((double) (position - 1), 0)
                          .rev()
                          .limit(0, limit)));
      part.forEach(found -> newest.put(found.getScore(), found));
    }
    return newest.descendingMap().values().stream().limit(limit).toList();
  }

  private List<String> indexes() {
    boolean isIndexed =
        !filter.statuses().isEmpty() && !filter.statuses().contains(EventStatus.COMPLETED);
    return isIndexed
        ? filter.statuses().stream().map(status -> "sluice:in:" + StatusLetters.of(status)).toList()
        : List.of("sluice:events");
  }
}

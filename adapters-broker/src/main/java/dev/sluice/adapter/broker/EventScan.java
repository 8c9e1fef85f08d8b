package dev.sluice.adapter.broker;

import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.EventCount;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.port.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import redis.clients.jedis.params.ZRangeParams;
import redis.clients.jedis.resps.Tuple;

/// Goes through events, newest first, and chooses those that pass a filter.
///
/// Events in a status that few have are found by an index; for all else it looks at each event, a
/// bounded number of them at a time.
final class EventScan {

  private static final int STEP = 250;
  private static final int MOST_LOOKED_AT = 4_000;

  private final Redis redis;
  private final Memory memory;
  private final EventFilter filter;

  EventScan(Redis redis, EventFilter filter) {
    this.redis = redis;
    this.memory = new Memory(redis);
    this.filter = filter;
  }

  /// Chosen events, up to `limit` and about so much payload, and where to go on.
  Page<Remembered> page(Cursor after, int limit) {
    var chosen = new ArrayList<Remembered>();
    long characters = 0;
    int looked = 0;
    long position = after.position();
    while (looked < MOST_LOOKED_AT) {
      List<Tuple> candidates = below(position, Math.min(STEP, limit + 1));
      List<Optional<Remembered>> events =
          memory.find(candidates.stream().map(Tuple::getElement).toList());
      for (int index = 0; index < candidates.size(); index++) {
        Optional<Remembered> event = events.get(index).filter(this::isChosen);
        boolean isFull = chosen.size() == limit || characters >= PageRequest.MAX_PAYLOAD_CHARACTERS;
        if (event.isPresent() && isFull) {
          return new Page<>(chosen, new Cursor(position));
        }
        position = (long) candidates.get(index).getScore();
        if (event.isPresent()) {
          chosen.add(event.get());
          characters += event.get().event().payload().length();
        }
      }
      looked += candidates.size();
      if (candidates.size() < Math.min(STEP, limit + 1)) {
        return new Page<>(chosen, Cursor.END);
      }
    }
    return new Page<>(chosen, new Cursor(position));
  }

  /// How many are chosen, up to `most`, and where to go on.
  EventCount count(Cursor after, int most) {
    Page<Remembered> page = page(after, most);
    return new EventCount(page.items().size(), page.next());
  }

  private boolean isChosen(Remembered event) {
    return filter.accepts(event.summary());
  }

  /// The next events, by their numbers.
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
        ? filter.statuses().stream().map(status -> "sluice:in:" + Letters.of(status)).toList()
        : List.of("sluice:events");
  }
}

package dev.sluice.adapter.broker.store;

import dev.sluice.adapter.broker.codec.Nanos;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.adapter.broker.connection.Script;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.figures.FiguresCodec;
import dev.sluice.domain.figures.Slice;
import dev.sluice.domain.figures.Tier;
import dev.sluice.domain.port.SeriesStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Keeps the history of figures in Redis: the names of each tier's slices in a sorted set, and
/// their figures in a hash. A name is the start of the slice and its node, so that names are
/// ordered by time and node.
public final class RedisSeriesStore implements SeriesStore {

  private static final int PAGE = 500;
  private static final Script PUT = Script.alone("series-put").evenAtLimit();
  private static final Script READ = Script.alone("series-read");
  private static final Script FORGET = Script.alone("series-forget");

  private final Redis redis;

  public RedisSeriesStore(Redis redis) {
    this.redis = redis;
  }

  @Override
  public void put(List<Slice> slices) {
    var arguments = new ArrayList<String>(3 * slices.size());
    for (Slice slice : slices) {
      arguments.add(name(slice.key().tier()));
      arguments.add(Nanos.text(slice.key().start()) + slice.key().node().value());
      arguments.add(FiguresCodec.encode(slice));
    }
    redis.run(PUT, arguments);
  }

  private static String name(Tier tier) {
    return Long.toString(tier.length().toSeconds());
  }

  @Override
  public void read(Tier tier, Instant from, Instant to, Consumer<Slice> reader) {
    // No node has an empty name, so a time alone sorts before the first slice of that time.
    String after = Nanos.text(from);
    List<String> page;
    do {
      page = redis.texts(READ, List.of(name(tier), after, Nanos.text(to), Integer.toString(PAGE)));
      for (int index = 0; index < page.size(); index += 2) {
        after = page.get(index);
        FiguresCodec.decodeSlice(key(tier, after), page.get(index + 1)).ifPresent(reader);
      }
    } while (page.size() == 2 * PAGE);
  }

  private static Slice.Key key(Tier tier, String name) {
    return new Slice.Key(
        tier,
        Nanos.toInstant(name.substring(0, Nanos.DIGITS)),
        new WorkerId(name.substring(Nanos.DIGITS)));
  }

  @Override
  public int forget(Tier tier, Instant before, int limit) {
    return Math.toIntExact(
        redis.number(FORGET, List.of(name(tier), Nanos.text(before), Integer.toString(limit))));
  }
}

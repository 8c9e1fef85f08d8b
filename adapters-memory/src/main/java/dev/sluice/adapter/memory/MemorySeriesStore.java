package dev.sluice.adapter.memory;

import dev.sluice.domain.figures.FiguresCodec;
import dev.sluice.domain.figures.Slice;
import dev.sluice.domain.figures.Tier;
import dev.sluice.domain.port.SeriesStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/// Stores the history of the only node, as text, which takes a tenth of the objects.
final class MemorySeriesStore implements SeriesStore {

  private static final Comparator<Slice.Key> IN_ORDER =
      Comparator.comparing(Slice.Key::tier)
          .thenComparing(Slice.Key::start)
          .thenComparing(key -> key.node().value());

  private final ConcurrentSkipListMap<Slice.Key, String> slices =
      new ConcurrentSkipListMap<>(IN_ORDER);

  @Override
  public void put(List<Slice> some) {
    some.forEach(slice -> slices.put(slice.key(), FiguresCodec.encode(slice)));
  }

  @Override
  public void read(Tier tier, Instant from, Instant to, Consumer<Slice> reader) {
    slices.forEach(
        (key, text) -> {
          boolean isWanted =
              key.tier() == tier && !key.start().isBefore(from) && key.start().isBefore(to);
          if (isWanted) {
            FiguresCodec.decodeSlice(key, text).ifPresent(reader);
          }
        });
  }

  @Override
  public int forget(Tier tier, Instant before, int limit) {
    List<Slice.Key> old =
        slices.keySet().stream()
            .filter(key -> key.tier() == tier && key.start().isBefore(before))
            .limit(limit)
            .toList();
    old.forEach(slices::remove);
    return old.size();
  }
}

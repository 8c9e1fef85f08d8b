package dev.sluice.adapter.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.jdbc.StorageThreads;
import dev.sluice.contract.FigureSamples;
import dev.sluice.contract.SeriesStoreContract;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.figures.Slice;
import dev.sluice.domain.figures.Tier;
import dev.sluice.domain.port.SeriesStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteSeriesStoreTest implements SeriesStoreContract {

  @TempDir Path directory;
  private @Nullable SqliteAdapter adapter;

  @Override
  public SeriesStore newSeries() {
    SqliteAdapter opened =
        SqliteAdapter.open(
            new SqliteSettings(directory), new SettableClock(), StorageThreads.FACTORY);
    adapter = opened;
    return opened.series();
  }

  @Test
  void weekOfHistory_survivesARestart() {
    List<Slice> week =
        IntStream.range(0, 7 * 24 * 6)
            .mapToObj(
                number ->
                    FigureSamples.slice(
                        Tier.TEN_MINUTES, BEGIN.plusSeconds(number * 600L), "a", number))
            .toList();
    newSeries().put(week);
    close();

    var read = new ArrayList<Slice>();
    newSeries().read(Tier.TEN_MINUTES, BEGIN, BEGIN.plus(Tier.TEN_MINUTES.kept()), read::add);

    assertThat(read).containsExactlyElementsOf(week);
  }

  @AfterEach
  void close() {
    if (adapter != null) {
      adapter.close();
    }
  }
}

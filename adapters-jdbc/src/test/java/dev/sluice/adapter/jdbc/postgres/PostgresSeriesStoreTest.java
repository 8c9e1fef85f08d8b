package dev.sluice.adapter.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.FigureSamples;
import dev.sluice.contract.SeriesStoreContract;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.figures.Slice;
import dev.sluice.domain.figures.Tier;
import dev.sluice.domain.port.SeriesStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PostgresSeriesStoreTest implements SeriesStoreContract {

  private @Nullable PostgresAdapter adapter;

  @Override
  public SeriesStore newSeries() {
    PostgresAdapter opened = TestDatabase.empty(new SettableClock());
    adapter = opened;
    return opened.series();
  }

  @Test
  void history_survivesARestartAndIsSeenByOtherNodes() {
    Slice slice = FigureSamples.slice(Tier.TEN_MINUTES, BEGIN, "a", 1);
    newSeries().put(List.of(slice));
    close();
    PostgresAdapter other = TestDatabase.open(new SettableClock());
    adapter = other;

    var read = new ArrayList<Slice>();
    other.series().read(Tier.TEN_MINUTES, BEGIN, BEGIN.plusSeconds(1), read::add);

    assertThat(read).containsExactly(slice);
  }

  @AfterEach
  void close() {
    if (adapter != null) {
      adapter.close();
    }
  }
}

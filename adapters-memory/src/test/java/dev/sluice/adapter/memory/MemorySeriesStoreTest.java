package dev.sluice.adapter.memory;

import dev.sluice.contract.SeriesStoreContract;
import dev.sluice.domain.port.SeriesStore;

final class MemorySeriesStoreTest implements SeriesStoreContract {

  @Override
  public SeriesStore newSeries() {
    return MemoryAdapter.series();
  }
}

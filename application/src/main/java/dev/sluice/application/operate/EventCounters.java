package dev.sluice.application.operate;

import dev.sluice.domain.figures.Totals;
import java.util.concurrent.atomic.LongAdder;

/// Counts the parts of [Totals], from many threads.
final class EventCounters {

  private final LongAdder accepted = new LongAdder();
  private final LongAdder completed = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder retried = new LongAdder();

  void accepted() {
    accepted.increment();
  }

  void completed() {
    completed.increment();
  }

  void failed() {
    failed.increment();
  }

  void retried() {
    retried.increment();
  }

  Totals totals() {
    return new Totals(accepted.sum(), completed.sum(), failed.sum(), retried.sum());
  }
}

package dev.sluice.server;

import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/// A random generator that many threads share without contention.
final class SharedRandom implements RandomGenerator {

  @Override
  public long nextLong() {
    return ThreadLocalRandom.current().nextLong();
  }
}

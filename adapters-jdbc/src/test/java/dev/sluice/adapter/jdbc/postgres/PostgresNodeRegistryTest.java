package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.contract.NodeRegistryContract;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.port.NodeRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

final class PostgresNodeRegistryTest implements NodeRegistryContract {

  private @Nullable PostgresAdapter adapter;

  @Override
  public NodeRegistry newRegistry(SettableClock clock) {
    adapter = TestDatabase.empty(clock);
    return adapter.nodes();
  }

  @AfterEach
  void close() {
    if (adapter != null) {
      adapter.close();
    }
  }
}

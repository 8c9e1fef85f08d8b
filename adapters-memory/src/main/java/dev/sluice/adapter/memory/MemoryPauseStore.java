package dev.sluice.adapter.memory;

import dev.sluice.domain.port.PauseStore;
import dev.sluice.domain.subscription.Pause;
import dev.sluice.domain.subscription.PauseScope;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/// Stores pauses as long as the process lives.
final class MemoryPauseStore implements PauseStore {

  private final ConcurrentHashMap<PauseScope, Pause> byScope = new ConcurrentHashMap<>();

  @Override
  public void put(Pause pause) {
    byScope.put(pause.scope(), pause);
  }

  @Override
  public boolean remove(PauseScope scope) {
    return byScope.remove(scope) != null;
  }

  @Override
  public List<Pause> all() {
    return List.copyOf(byScope.values());
  }
}

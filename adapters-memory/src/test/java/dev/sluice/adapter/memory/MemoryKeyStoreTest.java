package dev.sluice.adapter.memory;

import dev.sluice.contract.KeyStoreContract;
import dev.sluice.domain.port.KeyStore;

final class MemoryKeyStoreTest implements KeyStoreContract {

  @Override
  public KeyStore newKeyStore() {
    return MemoryAdapter.keys();
  }
}

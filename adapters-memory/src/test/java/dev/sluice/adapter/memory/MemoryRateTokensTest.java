package dev.sluice.adapter.memory;

import dev.sluice.contract.RateTokensContract;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.claim.RateTokens;

final class MemoryRateTokensTest implements RateTokensContract {

  @Override
  public RateTokens newTokens(SettableClock clock) {
    return MemoryAdapter.rateTokens(clock);
  }
}

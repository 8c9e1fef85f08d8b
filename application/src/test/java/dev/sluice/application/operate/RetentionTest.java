package dev.sluice.application.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.application.fixture.HookedStore;
import dev.sluice.application.fixture.HookedStore.Call;
import dev.sluice.application.fixture.Outage;
import dev.sluice.application.fixture.Samples;
import dev.sluice.contract.Events;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.port.Durability;
import dev.sluice.domain.port.StoreUnavailableException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RetentionTest {

  private static final Duration KEEP = Duration.ofDays(7);
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final StorageFixture storage = Samples.storage();
  private final HookedStore store = new HookedStore(storage.events(), Durability.MEMORY);
  private final Retention retention = new Retention(store, KEEP, storage.clock());

  private void completeMany(int count) {
    storage.events().append(Events.many(count));
    storage
        .queue()
        .claim(StorageFixture.WORKER, QuotaSamples.upTo(count), StorageFixture.LEASE)
        .forEach(claim -> storage.settle(claim, Resolution.COMPLETE));
  }

  private void passAndPurge(Duration time) {
    storage.clock().advance(time);
    retention.purgeWhenDue();
  }

  private long kept() {
    return storage.events().counts().of(EventStatus.COMPLETED);
  }

  @Test
  void finishedEvent_goesWhenItIsOlderThanTheRetention() {
    storage.complete("e-1");
    passAndPurge(KEEP);
    assertThat(kept()).isEqualTo(1);

    passAndPurge(INTERVAL);
    assertThat(kept()).isZero();
  }

  @Test
  void unfinishedEvent_staysHoweverOld() {
    storage.append("e-1");
    passAndPurge(Duration.ofDays(1_000));

    assertThat(storage.status("e-1")).isEqualTo(EventStatus.RECEIVED);
  }

  @Test
  void age_countsFromTheEndOfTheEvent() {
    storage.append("e-1");
    storage.clock().advance(KEEP);
    storage.settle(storage.claimOne(), Resolution.COMPLETE);
    passAndPurge(INTERVAL);

    assertThat(kept()).isEqualTo(1);
  }

  @Test
  void nothingHappens_beforeTheIntervalIsOver() {
    retention.purgeWhenDue();
    passAndPurge(INTERVAL.minusMillis(1));
    assertThat(store.hooks().calls(Call.PURGE)).isEqualTo(1);

    passAndPurge(Duration.ofMillis(1));
    assertThat(store.hooks().calls(Call.PURGE)).isEqualTo(2);
  }

  @Test
  void slowStorage_isPurgedOverSeveralTurns() {
    completeMany(2_500);
    store.hooks().before(Call.PURGE, () -> storage.clock().advance(Duration.ofMillis(201)));
    passAndPurge(KEEP.plus(INTERVAL));
    assertThat(kept()).isEqualTo(1_500);

    retention.purgeWhenDue();
    retention.purgeWhenDue();
    assertThat(kept()).isZero();
  }

  @Test
  void manyEvents_goInBatches() {
    completeMany(2_500);
    passAndPurge(KEEP.plus(INTERVAL));

    assertThat(kept()).isZero();
    assertThat(store.hooks().calls(Call.PURGE)).isEqualTo(3);
  }

  @Test
  void run_endsAfterAHundredBatches() {
    completeMany(100_001);
    passAndPurge(KEEP.plus(INTERVAL));
    assertThat(kept()).isEqualTo(1);

    passAndPurge(INTERVAL);
    assertThat(kept()).isZero();
  }

  @Test
  void storageThatIsAway_isTriedAgainAfterTheInterval() {
    storage.complete("e-1");
    store.hooks().before(Call.PURGE, Outage.ofCalls(1));
    assertThatThrownBy(() -> passAndPurge(KEEP.plus(INTERVAL)))
        .isInstanceOf(StoreUnavailableException.class);

    passAndPurge(INTERVAL);
    assertThat(kept()).isZero();
  }
}

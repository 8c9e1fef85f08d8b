package dev.sluice.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.Events;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.port.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Reclaiming expired leases reads events: as with claims, large ones must not fill the memory.
public interface BoundedSweepContract {

  /// Returns the size of payloads at which a claim or reclaim ends, with the event that reaches it.
  int mostBytes();

  /// Returns a new, empty storage.
  StorageFixture newStorage();

  @Test
  default void sweep_isBoundedByTheSizeOfPayloads() {
    StorageFixture fixture = newStorage();
    String large = "\"" + "x".repeat(mostBytes() / 3 - 1_000) + "\"";
    List.of("a", "b", "c", "d", "e")
        .forEach(id -> fixture.append(Events.withPayload(Events.event(id), large)));
    var claims = new ArrayList<Claim>();
    while (claims.size() < 5) {
      claims.addAll(fixture.claimDue());
    }
    fixture.clock().advance(StorageFixture.LEASE);

    assertThat(fixture.queue().reclaimExpired(10, _ -> fixture.retryIn(Duration.ZERO))).hasSize(4);
    assertThat(fixture.queue().reclaimExpired(10, _ -> fixture.retryIn(Duration.ZERO))).hasSize(1);
  }

  /// Attributes count too: they take memory like the payload.
  @Test
  default void attributes_countForTheSizeOfClaimsAndSweeps() {
    StorageFixture fixture = newStorage();
    String nearly = "\"" + "x".repeat(mostBytes() - 1_000) + "\"";
    fixture.append(Events.withExtension(Events.withPayload(Events.event("large"), nearly), 2_000));
    fixture.append(Events.event("next"));

    assertThat(fixture.claimDue()).hasSize(1);
    assertThat(fixture.claimDue()).hasSize(1);
    fixture.clock().advance(StorageFixture.LEASE);
    assertThat(fixture.queue().reclaimExpired(10, _ -> fixture.retryIn(Duration.ZERO))).hasSize(1);
  }
}

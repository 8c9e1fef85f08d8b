package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.delivery.Lease;
import dev.sluice.domain.delivery.WorkerId;
import java.time.Duration;
import java.time.Instant;

/// Who claims, how much at most, and for how long.
record ClaimRequest(WorkerId worker, Quotas quotas, Duration duration) {

  Lease leaseFrom(Instant now) {
    return Lease.of(worker, now, duration);
  }
}

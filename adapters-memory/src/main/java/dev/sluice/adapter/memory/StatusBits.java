package dev.sluice.adapter.memory;

import dev.sluice.domain.delivery.EventStatus;
import java.util.Set;

/// Sets of statuses as the bits of a number.
// The numbers live no longer than the process.
@SuppressWarnings("EnumOrdinal")
final class StatusBits {

  private StatusBits() {}

  static int of(EventStatus status) {
    return 1 << status.ordinal();
  }

  static int of(Set<EventStatus> statuses) {
    int bits = 0;
    for (EventStatus status : statuses) {
      bits |= of(status);
    }
    return bits;
  }
}

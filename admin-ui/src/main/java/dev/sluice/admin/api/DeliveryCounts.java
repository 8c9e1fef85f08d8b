package dev.sluice.admin.api;

import java.util.List;

/// Unfinished deliveries and dead letters of a subscription, by status.
///
/// @param atLeast statuses of which there may be more, because counting stopped at a limit
public record DeliveryCounts(
    long received, long retrying, long processing, long failed, List<Status> atLeast) {

  public DeliveryCounts {
    atLeast = atLeast == null ? List.of() : List.copyOf(atLeast);
  }

  /// Returns the number of deliveries that wait for an attempt.
  public long waiting() {
    return received + retrying;
  }

  /// Whether more may be waiting than were counted.
  public boolean isWaitingAtLeast() {
    return atLeast.contains(Status.RECEIVED) || atLeast.contains(Status.RETRYING);
  }
}

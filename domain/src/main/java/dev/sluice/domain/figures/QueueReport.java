package dev.sluice.domain.figures;

import java.util.List;

/// How full the queues of a broker are, which other programs may fill and empty too.
///
/// @param queues each of them, in no particular order
/// @param unacknowledged messages that nodes hold and have not done with
/// @param redelivered messages that came to a node although they had been given to one before,
///   since the service first ran
public record QueueReport(List<Queue> queues, long unacknowledged, long redelivered) {

  public QueueReport {
    queues = List.copyOf(queues);
  }

  /// A queue.
  ///
  /// @param name as the broker knows it
  /// @param depth messages that wait in it
  /// @param consumers how many take from it
  public record Queue(String name, long depth, long consumers) {}
}

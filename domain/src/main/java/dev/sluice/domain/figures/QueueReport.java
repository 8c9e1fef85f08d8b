package dev.sluice.domain.figures;

import java.time.Duration;
import java.util.List;

/// The state of a broker's queues, which other programs may fill and empty too, when they were last
/// read.
///
/// @param queues each of them, in no particular order
/// @param unacknowledged messages that nodes hold and have not acknowledged
/// @param redelivered messages that were delivered to a node although they had been delivered
///   before, since the service first ran
/// @param foreignDeadLetters foreign messages that were not events and became dead letters, since
///   the service first ran
/// @param memory memory of the server that stores the states of events
/// @param age how long ago the queues were read
public record QueueReport(
    List<Queue> queues,
    long unacknowledged,
    long redelivered,
    long foreignDeadLetters,
    Memory memory,
    Duration age) {

  public QueueReport {
    queues = List.copyOf(queues);
  }

  /// The memory use of a server.
  ///
  /// @param usedBytes used by all clients of the server
  /// @param limitBytes limit at which the server accepts nothing more; 0 for none
  public record Memory(long usedBytes, long limitBytes) {}

  /// A queue.
  ///
  /// @param name as the broker knows it
  /// @param depth number of messages that wait in it
  /// @param consumers number of its consumers
  public record Queue(String name, long depth, long consumers) {}
}

package dev.sluice.domain.figures;

import java.time.Duration;
import java.util.List;

/// How full the queues of a broker are, which other programs may fill and empty too, when they were
/// last looked at.
///
/// @param queues each of them, in no particular order
/// @param unacknowledged messages that nodes hold and have not done with
/// @param redelivered messages that came to a node although they had been given to one before,
///   since the service first ran
/// @param foreignDeadLetters messages of other programs that were no events and became dead
///   letters, since the service first ran
/// @param memory of the server that remembers how events stand
/// @param age how long ago that was
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

  /// How much memory a server uses.
  ///
  /// @param usedBytes by all who share the server
  /// @param limitBytes at which it takes nothing more; 0 for none
  public record Memory(long usedBytes, long limitBytes) {}

  /// A queue.
  ///
  /// @param name as the broker knows it
  /// @param depth messages that wait in it
  /// @param consumers how many take from it
  public record Queue(String name, long depth, long consumers) {}
}

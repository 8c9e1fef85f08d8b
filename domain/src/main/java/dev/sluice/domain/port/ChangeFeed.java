package dev.sluice.domain.port;

import dev.sluice.domain.delivery.WorkerId;
import java.time.Duration;
import java.util.List;

/// Carries changes between the nodes that share a storage, for those who watch.
///
/// It promises little, so that it costs little: changes may be lost, and are forgotten soon.
/// Whoever needs to be sure looks at the event. Every method may throw [StoreUnavailableException];
/// then the outcome is unknown.
public interface ChangeFeed {

  /// Batches older than this are forgotten.
  Duration MEMORY = Duration.ofMinutes(1);

  /// Says that somebody at `node` wants to see what others do, for so long from now on. Saying it
  /// again sets the time anew.
  void want(WorkerId node, Duration time);

  /// Whether anybody at another node than `node` wants to see what it does.
  boolean isWanted(WorkerId node);

  /// Sends a batch to the others. Batches of one node are read in the order in which they were
  /// published.
  void publish(ChangeBatch batch);

  /// Where the feed ends now: to be read after by those who want only what comes later.
  long end();

  /// What other nodes than `node` published after `position`: the oldest up to `limit` batches that
  /// are still kept. Whatever is published later is found after the position that it gives.
  Slice readAfter(long position, WorkerId node, int limit);

  /// Some batches.
  ///
  /// @param batches in the order in which they were published
  /// @param position to read on after
  record Slice(List<ChangeBatch> batches, long position) {

    public Slice {
      batches = List.copyOf(batches);
    }
  }
}

package dev.sluice.domain.port;

import dev.sluice.domain.delivery.WorkerId;
import java.time.Duration;
import java.util.List;

/// Carries changes between the nodes that share a storage, for live views.
///
/// Its guarantees are weak to keep it cheap: changes may be lost, and are deleted after [#MEMORY].
/// For the certain state of an event, read the event. Every method may throw
/// [StoreUnavailableException]; then the outcome is unknown.
public interface ChangeFeed {

  /// Age after which batches are deleted.
  Duration MEMORY = Duration.ofMinutes(1);

  /// Registers that `node` wants the changes of other nodes for this time, from now on. A repeated
  /// call replaces the earlier time.
  void want(WorkerId node, Duration time);

  /// Returns whether any node other than `node` wants changes.
  boolean isWanted(WorkerId node);

  /// Publishes a batch to the other nodes. Batches of one node are read in the order in which they
  /// were published.
  void publish(ChangeBatch batch);

  /// Returns the current end of the feed. Reading after it returns only later batches.
  long end();

  /// Returns what nodes other than `node` published after `position`: the oldest batches that are
  /// still kept, up to `limit`. Whatever is published later is found after the position that it
  /// returns.
  Slice readAfter(long position, WorkerId node, int limit);

  /// A part of the feed.
  ///
  /// @param batches in the order in which they were published
  /// @param position where the next read continues
  record Slice(List<ChangeBatch> batches, long position) {

    public Slice {
      batches = List.copyOf(batches);
    }
  }
}

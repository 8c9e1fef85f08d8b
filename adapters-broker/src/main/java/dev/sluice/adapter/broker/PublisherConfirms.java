package dev.sluice.adapter.broker;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The confirms of messages that were published together.
final class PublisherConfirms {

  /// Null until RabbitMQ has answered. Guarded by itself.
  private final @Nullable PublishResult[] results;

  private final CountDownLatch open;

  PublisherConfirms(int messages) {
    this.results = new PublishResult[messages];
    this.open = new CountDownLatch(messages);
  }

  /// The outcome of publishing one message.
  enum PublishResult {
    /// The message is in its queue, as durably as the queue is.
    CONFIRMED,
    /// RabbitMQ refused it, because the queue is full.
    REFUSED,
    /// There is no such queue.
    NO_QUEUE,
    /// It was never sent.
    NOT_SENT,
    /// RabbitMQ did not answer.
    UNKNOWN;

    /// Returns whether the message is known to be in no queue.
    boolean isLost() {
      return this == REFUSED || this == NO_QUEUE || this == NOT_SENT;
    }
  }

  /// Records an answer. Of several answers for one message the first counts.
  void answer(int place, PublishResult result) {
    synchronized (results) {
      if (results[place] != null) {
        return;
      }
      results[place] = result;
    }
    open.countDown();
  }

  /// Waits for all answers; messages without one in time are [PublishResult#UNKNOWN].
  ///
  /// @return one for each message, in the same order
  List<PublishResult> await(Duration longest) {
    try {
      var _ = open.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (results) {
      return Arrays.stream(results)
          .map(result -> result == null ? PublishResult.UNKNOWN : result)
          .toList();
    }
  }
}

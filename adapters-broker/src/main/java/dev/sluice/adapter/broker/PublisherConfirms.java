package dev.sluice.adapter.broker;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What RabbitMQ says of messages that were published together.
final class PublisherConfirms {

  /// Null until it is answered. Guarded by itself.
  private final @Nullable Fate[] fates;

  private final CountDownLatch open;

  PublisherConfirms(int messages) {
    this.fates = new Fate[messages];
    this.open = new CountDownLatch(messages);
  }

  /// What became of a message.
  enum Fate {
    /// It is in its queue, as durably as the queue is.
    CONFIRMED,
    /// It is not: the queue is full.
    REFUSED,
    /// It is not: there is no such queue.
    NO_QUEUE,
    /// It is not: it was never sent.
    NOT_SENT,
    /// RabbitMQ did not say.
    UNKNOWN;

    /// Whether the message is known to be in no queue.
    boolean isLost() {
      return this == REFUSED || this == NO_QUEUE || this == NOT_SENT;
    }
  }

  /// One answer came in. Of several for one place the first counts.
  void answer(int place, Fate fate) {
    synchronized (fates) {
      if (fates[place] != null) {
        return;
      }
      fates[place] = fate;
    }
    open.countDown();
  }

  /// Waits for all answers.
  ///
  /// @return one for each message, in their order
  List<Fate> await(Duration longest) {
    try {
      var _ = open.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (fates) {
      return Arrays.stream(fates).map(fate -> fate == null ? Fate.UNKNOWN : fate).toList();
    }
  }
}

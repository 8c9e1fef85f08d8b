package dev.sluice.adapter.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What RabbitMQ says of messages that were published together.
final class Receipt {

  private final Fate[] fates;
  private final CountDownLatch open;

  Receipt(int messages) {
    this.fates = new Fate[messages];
    Arrays.fill(fates, Fate.UNKNOWN);
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
    /// RabbitMQ did not say.
    UNKNOWN
  }

  /// One answer came in. Each place is answered once.
  void answer(int place, Fate fate) {
    synchronized (fates) {
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
      return new ArrayList<>(Arrays.asList(fates));
    }
  }
}

package dev.sluice.adapter.http;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// The turn of the request that a connection is on: none while the request is small; from then on
/// one for all that it does, except for the time in which it waits for its client.
///
/// Used by the connection's thread alone.
final class RequestTurn {

  /// A request of which more has arrived is large. A thousand small events are less.
  static final int LARGE = 192 * 1024;

  /// After this much others may run in between.
  private static final int STEP = 64 * 1024;

  private final Turns turns;
  private long arrived;
  private long inStep;
  private boolean isTaken;

  /// @param turns of all large requests
  RequestTurn(Turns turns) {
    this.turns = turns;
  }

  /// That of a request for which no other waits.
  static RequestTurn alone() {
    return new RequestTurn(new Turns(1));
  }

  /// Another request has begun to arrive.
  void begin() {
    arrived = 0;
    inStep = 0;
  }

  /// More of the request has arrived, and is looked at now.
  @SuppressWarnings("ThreadPriorityCheck") // Nothing depends on it but fairness.
  void arrived(int bytes) {
    arrived += bytes;
    if (arrived <= LARGE) {
      return;
    }
    isTaken = isTaken || turns.take();
    inStep += bytes;
    if (inStep >= STEP) {
      inStep = 0;
      Thread.yield();
    }
  }

  /// The client is waited for, to send more or to take its answer.
  void pause() {
    if (isTaken) {
      isTaken = false;
      turns.giveBack();
    }
  }

  /// Lets a little time pass before more is read, in which others work.
  void rest(Duration time) {
    pause();
    LockSupport.parkNanos(time.toNanos());
  }

  /// Does something for the request on another thread, in a turn of its own.
  void apart(Runnable task) {
    turns.during(
        () -> {
          task.run();
          return true;
        });
  }
}

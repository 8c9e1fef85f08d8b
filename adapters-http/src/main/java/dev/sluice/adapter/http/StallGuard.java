package dev.sluice.adapter.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Keeps an eye on one connection, because Helidon's own time-outs do not end requests that stall
/// half-way.
///
/// The connection's thread says what it is doing; [#check] is called by another thread.
public final class StallGuard {

  /// What the connection's thread is doing.
  public enum Phase {
    /// Nothing has arrived on a new connection yet.
    OPENED,
    /// Nothing of a further request has arrived yet; Helidon's idle time-out holds.
    IDLE,
    /// A request is arriving.
    READING,
    /// The request is being worked on; that has its own limits.
    WORKING,
    /// An answer is being written.
    WRITING
  }

  /// What is written stays in memory until it is taken, so that a client which takes a little now
  /// and then must not have it for hours.
  private static final long LEAST_BYTES_PER_SECOND = 16 * 1024;

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final SocketChannel channel;
  private final InetSocketAddress peer;
  private final String client;
  private final RequestPermit permit;
  private volatile Phase phase = Phase.OPENED;
  private final LongSupplier nanoTime;
  private volatile long since;
  private volatile long begin;
  private volatile long written;
  private volatile boolean isContinueAwaited;
  private volatile Runnable whileReading = () -> {};

  /// @param peer where it comes from
  /// @param client what it is counted under; empty when it is not counted
  /// @param permit of its requests
  public StallGuard(
      SocketChannel channel, InetSocketAddress peer, String client, RequestPermit permit) {
    this(channel, peer, client, permit, System::nanoTime);
  }

  StallGuard(
      SocketChannel channel,
      InetSocketAddress peer,
      String client,
      RequestPermit permit,
      LongSupplier nanoTime) {
    this.permit = permit;
    this.nanoTime = nanoTime;
    this.since = nanoTime.getAsLong();
    this.begin = since;
    this.channel = channel;
    this.peer = peer;
    this.client = client;
  }

  public InetSocketAddress peer() {
    return peer;
  }

  public InetAddress address() {
    return peer.getAddress();
  }

  public String client() {
    return client;
  }

  public RequestPermit permit() {
    return permit;
  }

  /// Whether nothing of a request has arrived, so that closing it costs the client little.
  public boolean isIdle() {
    Phase current = phase;
    return current == Phase.IDLE || current == Phase.OPENED;
  }

  /// Whether a request has not moved on for as long.
  public boolean hasStalled(long now, long nanos) {
    return phase == Phase.READING && now - since > nanos;
  }

  /// Since when it does what it is doing, in the time of [System#nanoTime].
  public long since() {
    return since;
  }

  public void now(Phase next) {
    long now = nanoTime.getAsLong();
    written = 0;
    begin = now;
    since = now;
    phase = next;
  }

  /// The next request has not begun to arrive.
  public void awaitsRequest() {
    if (phase != Phase.OPENED) {
      now(Phase.IDLE);
    }
  }

  /// The last answer was sent, and the client is to see its end at once.
  public void endAnswers() {
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      // The connection is gone, which is all that was wanted.
    }
  }

  /// Whether the client waits to be asked for the body of its request.
  public void awaitsContinue(boolean isAwaited) {
    isContinueAwaited = isAwaited;
  }

  boolean isContinueAwaited() {
    return isContinueAwaited;
  }

  /// There was progress: the time begins anew.
  void progress() {
    since = nanoTime.getAsLong();
  }

  /// More of the answer is about to be written.
  void wrote(int bytes) {
    // Only the connection's thread writes.
    long before = written;
    written = before + bytes;
    since = nanoTime.getAsLong();
  }

  /// What is to be looked at with each check while a request arrives.
  ///
  /// @param task never waits
  void whileReading(Runnable task) {
    whileReading = task;
  }

  public SocketChannel channel() {
    return channel;
  }

  /// Takes nothing more from the client: for the connection's thread it is as if the client had
  /// hung up.
  void hangUp() {
    try {
      channel.shutdownInput();
    } catch (IOException e) {
      // The connection is gone, which is all that was wanted.
    }
  }

  /// Ends the connection.
  public void cutOff() {
    try {
      channel.close();
    } catch (IOException e) {
      // The connection is gone, which is all that was wanted.
    }
  }

  public boolean isOpen() {
    return channel.isOpen();
  }

  /// Ends what takes too long. A stalled request ends for its thread as if the client had hung up,
  /// but an answer can still be sent; a stalled answer ends with the connection.
  public void check(long now, long limitNanos) {
    Phase current = phase;
    if (current == Phase.READING) {
      whileReading.run();
    }
    boolean isStalled = now - since >= limitNanos;
    if (!isStalled && !(current == Phase.WRITING && isTooSlow(now, limitNanos))) {
      return;
    }
    try {
      switch (current) {
        case IDLE, WORKING -> {
          // Others see to these.
        }
        case OPENED, READING -> channel.shutdownInput();
        case WRITING -> channel.close();
      }
    } catch (IOException e) {
      // The connection is gone, which is all that was wanted.
    }
  }

  private boolean isTooSlow(long now, long limitNanos) {
    return now - begin >= limitNanos + written * SECOND / LEAST_BYTES_PER_SECOND;
  }
}

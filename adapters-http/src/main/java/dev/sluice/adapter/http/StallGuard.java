package dev.sluice.adapter.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Closes a connection whose request or response stalls; Helidon's own timeouts do not cover a
/// request that stops half-way.
///
/// The connection's thread reports its phase; [#check] is called by another thread.
public final class StallGuard {

  /// The phases of a connection.
  public enum Phase {
    /// Nothing has arrived on a new connection yet.
    OPENED,
    /// Nothing of the next request has arrived yet; Helidon's idle timeout applies.
    IDLE,
    /// A request is arriving.
    READING,
    /// The request is being processed, which has its own limits.
    WORKING,
    /// A response is being written.
    WRITING
  }

  /// A response stays in memory until the client has read it, so a client that reads a little now
  /// and then must not hold it for hours.
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

  /// @param peer the remote address
  /// @param client the key under which it is counted; empty when it is not counted
  /// @param permit the permit of its requests
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

  /// Whether no request is in progress, so that closing the connection costs the client little.
  public boolean isIdle() {
    Phase current = phase;
    return current == Phase.IDLE || current == Phase.OPENED;
  }

  /// Whether a request has made no progress for more than `nanos`.
  public boolean hasStalled(long now, long nanos) {
    return phase == Phase.READING && now - since > nanos;
  }

  /// Returns the start of the phase or the last progress, in the time of [System#nanoTime].
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

  /// Reports that the next request has not begun to arrive.
  public void awaitsRequest() {
    if (phase != Phase.OPENED) {
      now(Phase.IDLE);
    }
  }

  /// Ends the output after the last response, so that the client sees its end at once.
  public void endAnswers() {
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      // The connection is already closed.
    }
  }

  /// Sets whether the client waits for 100 Continue before it sends the body.
  public void awaitsContinue(boolean isAwaited) {
    isContinueAwaited = isAwaited;
  }

  boolean isContinueAwaited() {
    return isContinueAwaited;
  }

  /// Reports progress, which restarts the time limit.
  void progress() {
    since = nanoTime.getAsLong();
  }

  /// Reports that more of the response is about to be written.
  void wrote(int bytes) {
    // Only the connection's thread writes.
    long before = written;
    written = before + bytes;
    since = nanoTime.getAsLong();
  }

  /// Sets a task that runs with each check while a request arrives.
  ///
  /// @param task must not block
  void whileReading(Runnable task) {
    whileReading = task;
  }

  public SocketChannel channel() {
    return channel;
  }

  /// Stops reading from the client: for the connection's thread it is as if the client had hung up.
  void hangUp() {
    try {
      channel.shutdownInput();
    } catch (IOException e) {
      // The connection is already closed.
    }
  }

  /// Closes the connection.
  public void cutOff() {
    try {
      channel.close();
    } catch (IOException e) {
      // The connection is already closed.
    }
  }

  public boolean isOpen() {
    return channel.isOpen();
  }

  /// Ends what takes too long. A stalled request ends as if the client had hung up, so that a
  /// response can still be sent; a stalled response ends with its connection.
  public void check(long now, long limitNanos) {
    Phase current = phase;
    if (current == Phase.READING) {
      whileReading.run();
    }
    boolean isStalled = now - since >= limitNanos;
    if (isStalled || (current == Phase.WRITING && isTooSlow(now, limitNanos))) {
      end(current);
    }
  }

  private boolean isTooSlow(long now, long limitNanos) {
    return now - begin >= limitNanos + written * SECOND / LEAST_BYTES_PER_SECOND;
  }

  private void end(Phase stalled) {
    try {
      switch (stalled) {
        case IDLE, WORKING -> {
          // These have their own time limits.
        }
        case OPENED, READING -> channel.shutdownInput();
        case WRITING -> channel.close();
      }
    } catch (IOException e) {
      // The connection is already closed.
    }
  }
}

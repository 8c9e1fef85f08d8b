package dev.sluice.adapter.http;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/// Keeps an eye on one connection, because Helidon's own time-outs do not end requests that stall
/// half-way.
///
/// The connection's thread says what it is doing; [#check] is called by another thread.
final class ConnectionWatch {

  /// What the connection's thread is doing.
  enum Phase {
    /// Nothing of a request has arrived yet; Helidon's idle time-out holds.
    IDLE,
    /// A request is arriving.
    READING,
    /// The request is being worked on; that has its own limits.
    WORKING,
    /// An answer is being written.
    WRITING
  }

  private final SocketChannel channel;
  private volatile Phase phase = Phase.READING;
  private volatile long since = System.nanoTime();

  ConnectionWatch(SocketChannel channel) {
    this.channel = channel;
  }

  void now(Phase next) {
    since = System.nanoTime();
    phase = next;
  }

  /// There was progress: the time begins anew.
  void progress() {
    since = System.nanoTime();
  }

  SocketChannel channel() {
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
  void cutOff() {
    try {
      channel.close();
    } catch (IOException e) {
      // The connection is gone, which is all that was wanted.
    }
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  /// Ends what takes too long. A stalled request ends for its thread as if the client had hung up,
  /// but an answer can still be sent; a stalled answer ends with the connection.
  void check(long nanoTime, long limitNanos) {
    Phase current = phase;
    if (nanoTime - since < limitNanos) {
      return;
    }
    try {
      switch (current) {
        case IDLE, WORKING -> {
          // Others see to these.
        }
        case READING -> channel.shutdownInput();
        case WRITING -> channel.close();
      }
    } catch (IOException e) {
      // The connection is gone, which is all that was wanted.
    }
  }
}

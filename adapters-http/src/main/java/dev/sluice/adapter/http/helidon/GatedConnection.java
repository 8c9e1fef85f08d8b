package dev.sluice.adapter.http.helidon;

import dev.sluice.adapter.http.RequestPermit;
import dev.sluice.adapter.http.StallGuard;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A Helidon connection behind a [RequestGate].
///
/// @param connection reads what the gate passes on, and responds
/// @param gate checks what the client sends
/// @param source the client's bytes
/// @param isSecure whether the connection is encrypted
/// @param guard the stall guard of the connection
/// @param guards the guards of all connections
/// @param permit the permit of its requests
record GatedConnection(
    ServerConnection connection,
    RequestGate gate,
    Supplier<byte @Nullable []> source,
    boolean isSecure,
    Optional<StallGuard> guard,
    StallGuards guards,
    RequestPermit permit)
    implements ServerConnection, InterruptableTask<Void> {

  private static final int MAX_LINGER_BYTES = 4 << 20;

  @Override
  public void handle(Limit limit) throws InterruptedException {
    guards.serve(guard);
    try {
      connection.handle(limit);
    } finally {
      linger();
      permit.release();
      guards.ended(guard);
    }
  }

  /// Keeps reading for a short time, so that a client that is still sending sees the response
  /// before the connection is reset.
  private void linger() {
    if (!gate.hasUnread()) {
      return;
    }
    guard.ifPresent(connection -> connection.now(StallGuard.Phase.READING));
    if (!isSecure) {
      guard.ifPresent(StallGuard::endAnswers);
    }
    try {
      int left = MAX_LINGER_BYTES;
      for (byte[] more = source.get(); more != null && left > 0; more = source.get()) {
        left -= more.length;
      }
    } catch (RuntimeException e) {
      // The client has disconnected, which was all that this waited for.
    }
  }

  @Override
  public Duration idleTime() {
    return connection.idleTime();
  }

  @Override
  public void close(boolean interrupt) {
    connection.close(interrupt);
  }

  @Override
  public boolean canInterrupt() {
    return connection instanceof InterruptableTask<?> task && task.canInterrupt();
  }
}

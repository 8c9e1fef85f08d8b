package dev.sluice.adapter.broker.connection;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;

/// Lets go of channels.
public final class Channels {

  private Channels() {}

  /// Closes a channel whatever its condition. What it held and did not acknowledge goes back to its
  /// queues.
  public static void abort(Channel channel) {
    try {
      channel.abort();
    } catch (IOException | ShutdownSignalException e) {
      // It was closed already.
    }
  }
}

package dev.sluice.adapter.broker.connection;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;

/// Closes channels.
public final class Channels {

  private Channels() {}

  /// Closes a channel whatever its condition. RabbitMQ requeues the messages that were not
  /// acknowledged over it.
  public static void abort(Channel channel) {
    try {
      channel.abort();
    } catch (IOException | ShutdownSignalException e) {
      // It was closed already.
    }
  }
}

package dev.sluice.adapter.broker.connection;

import com.rabbitmq.client.impl.DefaultExceptionHandler;
import java.lang.System.Logger.Level;

/// Handles failures on the client's own threads as the client does, but logs them once a minute:
/// without RabbitMQ the client tries twice a second, and each failure has a stack trace.
final class RabbitExceptions extends DefaultExceptionHandler {

  private static final System.Logger LOG = System.getLogger(RabbitExceptions.class.getName());

  private final RareWarning failing = new RareWarning();

  @Override
  protected void log(String message, Throwable failure) {
    Level level = failing.level();
    if (level == Level.DEBUG) {
      LOG.log(level, message, failure);
    } else {
      LOG.log(level, message + ": " + failure);
    }
  }
}

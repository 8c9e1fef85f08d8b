package dev.sluice.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.time.Instant;
import org.slf4j.event.KeyValuePair;

/// Log records for tests of layouts.
final class LogEvents {

  static final Instant TIME = Instant.parse("2026-01-02T03:04:05.6Z");

  private LogEvents() {}

  static LoggingEvent event(String message, KeyValuePair... pairs) {
    var event = new LoggingEvent();
    event.setLoggerContext(new LoggerContext());
    event.setLoggerName("dev.sluice.Test");
    event.setLevel(Level.WARN);
    event.setInstant(TIME);
    event.setMessage(message);
    for (KeyValuePair pair : pairs) {
      event.addKeyValuePair(pair);
    }
    return event;
  }

  static LoggingEvent event(String message, Throwable thrown) {
    LoggingEvent event = event(message);
    event.setThrowableProxy(new ThrowableProxy(thrown));
    return event;
  }
}

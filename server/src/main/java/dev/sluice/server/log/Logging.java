package dev.sluice.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// Configures logging: one line per record, on standard error. Standard output is for the results
/// of commands.
public final class Logging {

  /// Libraries whose info records would drown ours. The debug records of the client for webhooks
  /// also contain headers and bodies: credentials and payloads.
  private static final List<String> QUIET =
      List.of(
          "io.helidon",
          "io.micrometer",
          "java.lang",
          "org.apache.hc",
          "org.flywaydb",
          "com.zaxxer.hikari",
          "org.postgresql",
          "com.rabbitmq",
          "redis.clients");

  /// Loggers that only repeat what is handled elsewhere. Helidon logs every malformed request and
  /// every disconnected client with a stack trace; the HTTP adapter answers and counts them.
  /// Problems of the connection pool, and of the loader of SQLite's library unless its second try
  /// succeeds, reach callers as exceptions, which are logged.
  private static final List<String> SILENT =
      List.of(
          "com.zaxxer.hikari",
          "org.sqlite.SQLiteJDBCLoader",
          "io.helidon.webserver.http1.Http1Connection",
          "io.helidon.webserver.http.DirectHandlers",
          "io.helidon.webserver.http.ErrorHandlers");

  private Logging() {}

  /// Configures a single appender for all loggers.
  ///
  /// @param isJson JSON lines, else text
  /// @param level the least severe level logged, such as `INFO`
  /// @param environment label of the installation
  public static void configure(boolean isJson, String level, String environment) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(
        appender(context, isJson ? new JsonLineLayout(environment) : new TextLineLayout()));
    root.setLevel(Level.valueOf(level));
    QUIET.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
    SILENT.forEach(name -> context.getLogger(name).setLevel(Level.OFF));
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  private static ConsoleAppender<ILoggingEvent> appender(
      LoggerContext context, Layout<ILoggingEvent> layout) {
    layout.setContext(context);
    layout.start();
    var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setLayout(layout);
    encoder.start();
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    return appender;
  }
}

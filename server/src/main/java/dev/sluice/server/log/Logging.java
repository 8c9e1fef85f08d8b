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

/// Sets logging up: one line a fact, on standard error. Standard output is for what a command
/// prints.
public final class Logging {

  /// Libraries whose every word would drown ours.
  private static final List<String> QUIET =
      List.of(
          "io.helidon",
          "io.micrometer",
          "java.lang",
          "org.flywaydb",
          "com.zaxxer.hikari",
          "org.postgresql",
          "com.rabbitmq",
          "redis.clients");

  /// Helidon tells of every malformed request and every client that hangs up here, with a stack
  /// trace; ours answers and counts them. What the connection pool complains of reaches callers as
  /// exceptions, which are logged; so does what the loader of SQLite's library complains of, unless
  /// a second try helps.
  private static final List<String> SILENT =
      List.of(
          "com.zaxxer.hikari",
          "org.sqlite.SQLiteJDBCLoader",
          "io.helidon.webserver.http1.Http1Connection",
          "io.helidon.webserver.http.DirectHandlers",
          "io.helidon.webserver.http.ErrorHandlers");

  private Logging() {}

  /// Sends everything through one appender.
  ///
  /// @param isJson JSON lines, else text for people
  /// @param level the least severe level shown, such as `INFO`
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

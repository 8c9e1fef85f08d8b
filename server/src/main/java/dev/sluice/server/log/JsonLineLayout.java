package dev.sluice.server.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/// Formats a record as one line of JSON: `time`, `level`, `env`, `logger`, `message`, then the
/// key-value pairs of the record, then `error` with the stack trace. Control characters are
/// escaped, so that text from a client cannot start a new line.
final class JsonLineLayout extends LayoutBase<ILoggingEvent> {

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private final String environment;

  /// @param environment label of the installation
  JsonLineLayout(String environment) {
    this.environment = environment;
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    var line = new StringBuilder(256).append('{');
    member(line, "time", TIME.format(event.getInstant()));
    member(line, "level", event.getLevel().toString());
    member(line, "env", environment);
    member(line, "logger", event.getLoggerName());
    member(line, "message", event.getFormattedMessage());
    pairs(line, event);
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      member(line, "error", ThrowableProxyUtil.asString(thrown));
    }
    line.setCharAt(line.length() - 1, '}');
    return line.append('\n').toString();
  }

  private static void pairs(StringBuilder line, ILoggingEvent event) {
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      for (KeyValuePair pair : pairs) {
        member(line, pair.key, pair.value);
      }
    }
  }

  private static void member(StringBuilder line, String name, Object value) {
    quoted(line, name).append(':');
    if (value instanceof Boolean || (value instanceof Number number && isFinite(number))) {
      line.append(value);
    } else {
      quoted(line, String.valueOf(value));
    }
    line.append(',');
  }

  /// JSON cannot represent the others.
  private static boolean isFinite(Number number) {
    return Double.isFinite(number.doubleValue());
  }

  private static StringBuilder quoted(StringBuilder line, String text) {
    line.append('"');
    for (int index = 0; index < text.length(); index++) {
      escaped(line, text, index);
    }
    return line.append('"');
  }

  private static void escaped(StringBuilder line, String text, int index) {
    char character = text.charAt(index);
    switch (character) {
      case '"' -> line.append("\\\"");
      case '\\' -> line.append("\\\\");
      case '\n' -> line.append("\\n");
      case '\t' -> line.append("\\t");
      default -> {
        if (mustBeEscaped(text, index)) {
          line.append(String.format("\\u%04x", (int) character));
        } else {
          line.append(character);
        }
      }
    }
  }

  private static boolean mustBeEscaped(String text, int index) {
    char character = text.charAt(index);
    return Character.isISOControl(character)
        || (Character.isSurrogate(character) && !isPaired(text, index));
  }

  private static boolean isPaired(String text, int index) {
    boolean startsPair =
        Character.isHighSurrogate(text.charAt(index))
            && index + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(index + 1));
    boolean endsPair =
        Character.isLowSurrogate(text.charAt(index))
            && index > 0
            && Character.isHighSurrogate(text.charAt(index - 1));
    return startsPair || endsPair;
  }
}

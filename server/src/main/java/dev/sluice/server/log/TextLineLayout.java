package dev.sluice.server.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/// Formats a record as text: time, level, message, key-value pairs; the stack trace follows on its
/// own lines.
final class TextLineLayout extends LayoutBase<ILoggingEvent> {

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  @Override
  public String doLayout(ILoggingEvent event) {
    var line = new StringBuilder(160);
    line.append(TIME.format(event.getInstant())).append(' ');
    line.append(String.format("%-5s", event.getLevel())).append(' ');
    line.append(withoutControls(event.getFormattedMessage()));
    pairs(line, event);
    line.append('\n');
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      line.append(ThrowableProxyUtil.asString(thrown));
    }
    return line.toString();
  }

  private static void pairs(StringBuilder line, ILoggingEvent event) {
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      for (KeyValuePair pair : pairs) {
        line.append(' ')
            .append(pair.key)
            .append('=')
            .append(withoutControls(String.valueOf(pair.value)));
      }
    }
  }

  private static String withoutControls(String text) {
    return text.chars().anyMatch(Character::isISOControl) ? text.replaceAll("\\p{Cc}", "?") : text;
  }
}

package dev.sluice.adapter.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Captures log records.
public final class LogCapture implements AutoCloseable {

  private static final Logger ROOT = Logger.getLogger("");

  private final List<LogRecord> records = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          records.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  public static LogCapture start() {
    var capture = new LogCapture();
    ROOT.addHandler(capture.handler);
    return capture;
  }

  /// Returns errors and stack traces, which a client must never cause.
  public List<String> stackTraces() {
    return records.stream()
        .filter(
            entry ->
                entry.getLevel().intValue() >= Level.SEVERE.intValue()
                    || (entry.getThrown() != null
                        && entry.getLevel().intValue() >= Level.INFO.intValue()))
        .map(entry -> entry.getLoggerName() + ": " + entry.getMessage() + " " + entry.getThrown())
        .toList();
  }

  /// Returns the messages that contain a text.
  public List<String> messages(String text) {
    return records.stream()
        .map(entry -> String.valueOf(entry.getMessage()))
        .filter(message -> message.contains(text))
        .toList();
  }

  @Override
  public void close() {
    ROOT.removeHandler(handler);
  }
}

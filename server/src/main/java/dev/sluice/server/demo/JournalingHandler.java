package dev.sluice.server.demo;

import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.AttemptContext;
import dev.sluice.domain.port.EventHandler;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Records each attempt of another handler, one line when it begins and one when it ends, so that
/// tests can compare what was executed with what the service reports. The lines outlive the
/// process, however it ends.
public final class JournalingHandler implements EventHandler {

  private final EventHandler handler;

  /// Not a channel: interrupting an attempt would close it.
  private final FileOutputStream journal;

  /// @param file the journal, to which lines are appended
  /// @throws IllegalArgumentException when it cannot be written
  public JournalingHandler(EventHandler handler, Path file) {
    this.handler = handler;
    try {
      this.journal = new FileOutputStream(file.toFile(), true);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot write the journal " + file, e);
    }
  }

  @Override
  public Outcome handle(Event event, AttemptContext attempt) throws Exception {
    write("begin", event, attempt);
    Outcome outcome = handler.handle(event, attempt);
    write("end", event, attempt);
    return outcome;
  }

  private synchronized void write(String what, Event event, AttemptContext attempt)
      throws IOException {
    String line =
        what + " " + event.id() + " " + attempt.number() + " " + attempt.subscription() + "\n";
    journal.write(line.getBytes(StandardCharsets.UTF_8));
  }
}

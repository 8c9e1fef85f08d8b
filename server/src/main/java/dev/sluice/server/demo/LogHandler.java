package dev.sluice.server.demo;

import dev.sluice.application.sample.PreviewingHandler;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.AttemptContext;
import dev.sluice.format.EventWriter;
import dev.sluice.format.Json;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Writes each event as a line of JSON, for other programs to read: the service's own log goes to
/// another stream.
public final class LogHandler implements PreviewingHandler {

  private final PrintStream out;

  /// @param out where lines are written, in UTF-8; safe for many threads
  public LogHandler(PrintStream out) {
    this.out = out;
  }

  @Override
  public Outcome handle(Event event, AttemptContext attempt) {
    byte[] line = line(event, attempt);
    synchronized (out) {
      out.write(line, 0, line.length);
      // Without it, a line could be lost after its delivery is completed.
      out.flush();
    }
    return out.checkError()
        ? Outcome.failed("LogClosed", "the standard output of the node cannot be written")
        : Outcome.SUCCEEDED;
  }

  @Override
  public Preview preview(Event event, AttemptContext attempt) {
    byte[] line = line(event, attempt);
    return new Preview(
        "Writes this line to the standard output of the node that processes the delivery.",
        Optional.of(new String(line, 0, line.length - 1, StandardCharsets.UTF_8)));
  }

  private static byte[] line(Event event, AttemptContext attempt) {
    byte[] json =
        Json.write(
            generator -> {
              generator.writeStartObject();
              generator.writeStringField("subscription", attempt.subscription().value());
              generator.writeNumberField("attempt", attempt.number());
              EventWriter.writeMembers(generator, event);
              generator.writeEndObject();
            });
    var line = new byte[json.length + 1];
    for (int index = 0; index < json.length; index++) {
      // A payload is kept to the letter, and may have line breaks between its tokens.
      line[index] = json[index] == '\n' || json[index] == '\r' ? (byte) ' ' : json[index];
    }
    line[json.length] = '\n';
    return line;
  }
}

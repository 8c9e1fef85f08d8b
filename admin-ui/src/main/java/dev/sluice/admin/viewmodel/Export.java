package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.ApiException;
import dev.sluice.admin.api.EventSummary;
import dev.sluice.admin.api.Filter;
import dev.sluice.admin.api.Page;
import dev.sluice.admin.model.EventLines;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Exports the events that match a filter to a file, page by page, newest first.
public final class Export {

  /// Maximum number of events in a file; larger exports use the API.
  public static final int MOST = 1_000_000;

  private static final int PAGE = 500;

  private final Session session;
  private final Filter filter;
  private final Path file;
  private final EventLines format;
  private final ReadOnlyObjectWrapper<Progress> progress =
      new ReadOnlyObjectWrapper<>(new Progress(0, Optional.empty()));
  private volatile boolean stopped;

  /// Progress of the export.
  ///
  /// @param ended how the export ended; empty while it runs
  public record Progress(long events, Optional<String> ended) {}

  Export(Session session, Filter filter, Path file, EventLines format) {
    this.session = session;
    this.filter = filter;
    this.file = file;
    this.format = format;
  }

  /// Progress of the export.
  public ReadOnlyObjectProperty<Progress> progress() {
    return progress.getReadOnlyProperty();
  }

  public Path file() {
    return file;
  }

  /// Starts the export and overwrites an existing file.
  public void start() {
    session.ask(this::write, this::end, fault -> end(fault.sentence()));
  }

  /// Stops after the current page; the file keeps what was written.
  public void stop() {
    stopped = true;
  }

  private String write() {
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write(format.head());
      return writeAll(out);
    } catch (IOException | UncheckedIOException wrong) {
      return file + " cannot be written: " + wrong.getMessage();
    } catch (ApiException wrong) {
      return "interrupted: " + wrong.fault().sentence();
    }
  }

  private String writeAll(BufferedWriter out) throws IOException {
    Optional<String> cursor = Optional.empty();
    long written = 0;
    do {
      Page<EventSummary> page = session.client().events(filter, cursor, PAGE);
      for (EventSummary event : page.items()) {
        out.write(format.line(event));
      }
      written += page.items().size();
      report(written);
      cursor = page.next();
    } while (cursor.isPresent() && written < MOST && !stopped);
    if (stopped) {
      return "stopped";
    }
    return cursor.isPresent() ? "stopped at the limit of " + MOST + " events" : "done";
  }

  private void report(long written) {
    session
        .lanes()
        .screen()
        .execute(
            () -> {
              if (progress.get().ended.isEmpty()) {
                progress.set(new Progress(written, Optional.empty()));
              }
            });
  }

  private void end(String why) {
    progress.set(new Progress(progress.get().events, Optional.of(why)));
  }
}

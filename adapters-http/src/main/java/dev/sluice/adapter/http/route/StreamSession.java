package dev.sluice.adapter.http.route;

import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.HttpSettings;
import dev.sluice.adapter.http.StallGuard;
import dev.sluice.application.stream.ChangeCursor;
import dev.sluice.application.stream.ChangeCursor.Sight;
import dev.sluice.application.stream.LoggedChange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// One client's stream. Only its own thread waits for the client, and only its position in the log
/// is kept for it.
final class StreamSession {

  /// Pause between two parts of the changes that a client missed while it was disconnected.
  private static final Duration CATCH_UP_PAUSE = Duration.ofMillis(25);

  private static final int CATCH_UP_SENDS = 200;

  private final StreamClients clients;
  private final StreamMessages messages;
  private final HttpSettings.Streams settings;
  private final ChangeFilter filter;
  private final Exchange exchange;
  private final OutputStream target;
  private final BooleanSupplier isWelcome;
  private long lastWrite = System.nanoTime();

  /// @param isWelcome whether the client's key is still valid
  StreamSession(
      StreamClients clients,
      StreamMessages messages,
      HttpSettings.Streams settings,
      ChangeFilter filter,
      Exchange exchange,
      OutputStream target,
      BooleanSupplier isWelcome) {
    this.clients = clients;
    this.messages = messages;
    this.settings = settings;
    this.filter = filter;
    this.exchange = exchange;
    this.target = target;
    this.isWelcome = isWelcome;
  }

  /// Sends changes until the service stops or the client's key becomes invalid.
  ///
  /// @throws IOException when the client has disconnected
  void run(StreamStart start, ChangeCursor changes, long end, StreamClients.Place place)
      throws IOException {
    greet(start);
    Duration pause = settings.turn();
    do {
      // Changes that the client missed while it was disconnected are sent completely, as far as the
      // log has them; of new ones, as many as its limits allow.
      if (changes.position() < end) {
        send(changes.oldest(filter, CATCH_UP_SENDS), changes.position());
        pause = CATCH_UP_PAUSE;
      } else {
        StreamPace pace = StreamPace.of(clients.count(), filter.choosesAll());
        send(changes.newest(filter, pace.looks(), pace.sends()), changes.position());
        pause = settings.turn();
      }
    } while (place.pause(pause) && isWelcome.getAsBoolean());
  }

  private void greet(StreamStart start) throws IOException {
    var block = new ByteArrayOutputStream();
    block.writeBytes(messages.hello(start, settings.heartbeat()));
    Optional<StreamStart.Gap> gap = start.gap();
    if (gap.isPresent()) {
      clients.skipped(Math.max(0, gap.get().skipped()));
      block.writeBytes(messages.lagged(gap.get(), start.position()));
    }
    write(block.toByteArray());
  }

  private void send(Sight sight, long position) throws IOException {
    List<LoggedChange> changes = sight.changes();
    if (changes.isEmpty() && sight.skipped() == 0) {
      if (System.nanoTime() - lastWrite >= settings.heartbeat().toNanos()) {
        write(messages.heartbeat(position));
      }
      return;
    }
    var block = new ByteArrayOutputStream(512 + 320 * changes.size());
    if (sight.skipped() > 0) {
      clients.skipped(sight.skipped());
      long before = changes.isEmpty() ? position : changes.getFirst().number() - 1;
      block.writeBytes(
          messages.lagged(new StreamStart.Gap(sight.skipped(), StreamStart.Gap.TOO_MANY), before));
    }
    changes.forEach(change -> block.writeBytes(messages.change(change)));
    write(block.toByteArray());
  }

  /// Writes one block per turn. The stall guard only covers the writing: between turns nothing can
  /// stall.
  private void write(byte[] block) throws IOException {
    exchange.now(StallGuard.Phase.WRITING);
    target.write(block);
    target.flush();
    exchange.now(StallGuard.Phase.WORKING);
    lastWrite = System.nanoTime();
  }
}

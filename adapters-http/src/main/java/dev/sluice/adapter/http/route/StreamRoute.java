package dev.sluice.adapter.http.route;

import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.HttpSettings;
import dev.sluice.adapter.http.QueryParameters;
import dev.sluice.application.access.AuthenticateCallers;
import dev.sluice.application.stream.ChangeLog;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// `GET /events/stream`: changes as they occur, as server-sent events.
final class StreamRoute {

  private static final Header EVENT_STREAM =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/event-stream");
  private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");

  /// Prevents proxies from buffering the messages.
  private static final HeaderName NO_BUFFERING = HeaderNames.create("X-Accel-Buffering");

  private static final String LAST_EVENT_ID_PARAMETER = "last_event_id";

  private final ChangeLog log;
  private final HttpSettings.Streams settings;
  private final StreamClients clients;
  private final StreamMessages messages;
  private final AuthenticateCallers callers;

  StreamRoute(
      ChangeLog log,
      HttpSettings.Streams settings,
      StreamClients clients,
      AuthenticateCallers callers) {
    this.log = log;
    this.settings = settings;
    this.clients = clients;
    this.callers = callers;
    this.messages = new StreamMessages(log.epoch());
  }

  /// Parses the query of a request.
  static QueryParameters query(String rawQuery) {
    Set<String> known = new HashSet<>(ChangeFilter.PARAMETERS);
    known.add(LAST_EVENT_ID_PARAMETER);
    return QueryParameters.parse(rawQuery, known);
  }

  void get(Exchange exchange) throws IOException {
    QueryParameters query = query(exchange.rawQuery());
    ChangeFilter filter = ChangeFilter.of(query);
    Optional<String> lastEventId =
        exchange.header(LAST_EVENT_ID).or(() -> query.one(LAST_EVENT_ID_PARAMETER));
    Optional<String> keyId = exchange.caller().keyId();
    exchange.set(HeaderNames.CACHE_CONTROL, "no-store").set(NO_BUFFERING, "no");
    if (exchange.isHead()) {
      exchange.head(200, EVENT_STREAM);
      return;
    }
    try (StreamClients.Place place = clients.enter(exchange)) {
      StreamStart start = StreamStart.of(log, lastEventId);
      long end = log.end();
      // A further request on this connection would have to wait for the end of the stream.
      exchange.closeAfterwards();
      exchange.holdOpen();
      try (ChangeLog.Watch watch = log.watch(start.position());
          OutputStream target = exchange.stream(200, EVENT_STREAM)) {
        new StreamSession(
                clients,
                messages,
                settings,
                filter,
                exchange,
                target,
                () -> keyId.isEmpty() || callers.isLive(keyId.get()))
            .run(start, watch.changes(), end, place);
      }
    }
  }
}

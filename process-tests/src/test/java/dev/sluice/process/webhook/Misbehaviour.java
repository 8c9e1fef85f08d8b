package dev.sluice.process.webhook;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/// What a receiver does to a request instead of responding.
@SuppressWarnings("ImmutableEnumChecker") // The scripts have no state.
enum Misbehaviour {
  SILENCE_IN_REQUEST(Misbehaviour.TIMED_OUT, Connection::fallSilent),
  SILENCE_BEFORE_RESPONSE(Misbehaviour.TIMED_OUT, afterRequest(Connection::fallSilent)),
  SILENCE_IN_HEADERS(Misbehaviour.TIMED_OUT, silentAfter("HTTP/1.1 200 OK\r\nX-Half: ")),
  SILENCE_IN_BODY(
      Misbehaviour.TIMED_OUT, silentAfter("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")),
  SLOW_HEAD(
      Misbehaviour.TIMED_OUT,
      afterRequest(connection -> connection.repeat("H", Duration.ofSeconds(1)))),
  SLOW_BODY(
      Misbehaviour.TIMED_OUT,
      afterRequest(
          connection -> {
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            connection.repeat("x", Duration.ofSeconds(1));
          })),
  EARLY_HINTS_FOREVER(
      Misbehaviour.TIMED_OUT,
      afterRequest(
          connection ->
              connection.repeat("HTTP/1.1 103 Early Hints\r\n\r\n", Duration.ofMillis(50)))),
  RESET_AT_ONCE(Misbehaviour.FAILED, Connection::reset),
  RESET_AFTER_REQUEST(Misbehaviour.FAILED, afterRequest(Connection::reset)),
  HALF_CLOSE(Misbehaviour.FAILED, afterRequest(Connection::closeHalf)),
  REDIRECT(
      Misbehaviour.FAILED,
      afterRequest(
          connection ->
              connection.respond("301 Moved Permanently", "Location: http://127.0.0.1/\r\n")));

  private static final String TIMED_OUT = "timed_out";
  private static final String FAILED = "failed";

  private final String outcome;
  private final Receiver.Script script;

  Misbehaviour(String outcome, Receiver.Script script) {
    this.outcome = outcome;
    this.script = script;
  }

  private static Receiver.Script afterRequest(Receiver.Script script) {
    return connection -> {
      connection.read();
      script.serve(connection);
    };
  }

  private static Receiver.Script silentAfter(String text) {
    return afterRequest(
        connection -> {
          connection.send(text);
          connection.fallSilent();
        });
  }

  /// Returns the name of a subscription to such a receiver.
  String subscription() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Returns the outcome of each attempt.
  String outcome() {
    return outcome;
  }

  Receiver start() throws IOException {
    return Receiver.start(script);
  }
}

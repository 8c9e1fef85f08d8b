package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.stream.ChangeLog;
import dev.sluice.contract.Events;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.Transitions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The end of streams, and their isolation from other requests.
@Tag("slow")
final class StreamLimitsTest {

  private static final HttpSettings.Limits USUAL = HttpSettings.Limits.DEFAULT;
  private static final HttpSettings.Limits IMPATIENT =
      new HttpSettings.Limits(
          USUAL.maxPayloadBytes(),
          USUAL.maxBatch(),
          USUAL.maxBatchBytes(),
          USUAL.maxStreamBytes(),
          USUAL.maxBufferedBytes(),
          USUAL.maxConnections(),
          Duration.ofMillis(300),
          0,
          1);

  private static TestServer server(int clients, Duration heartbeat) {
    return TestServer.start(
        Setup.USUAL
            .withLimits(IMPATIENT)
            .withStreams(new HttpSettings.Streams(clients, Duration.ofMillis(10), heartbeat)));
  }

  private static void change(ChangeLog log, int count) {
    var accepted = Transitions.accepted(Events.event("e-1"), 1);
    for (int number = 0; number < count; number++) {
      log.onTransition(accepted);
    }
  }

  @Test
  void oneClientTooMany_isRefusedUntilAPlaceIsFree() {
    try (TestServer server = server(2, Duration.ofMillis(50))) {
      List<StreamReader> streams = new ArrayList<>();
      for (int number = 0; number < 2; number++) {
        streams.add(StreamReader.open(server));
      }

      Answer refused = server.get("/events/stream").isProblem(503, "too_many_streams");

      assertThat(refused.header("Retry-After")).isEqualTo("10");
      assertThat(server.get("/metrics").body()).containsPattern("sluice_stream_clients\\S* 2.0");
      streams.forEach(StreamReader::close);
      Eventually.holds(
          "no streams are open", () -> server.application().useCases().changes().watchers() == 0);
      try (StreamReader stream = StreamReader.open(server)) {
        assertThat(stream.next().name()).isEqualTo("hello");
      }
    }
  }

  /// Between messages a stream does not count as stalled.
  @Test
  void quietStream_outlivesTheRequestTimeout() {
    try (TestServer server = server(2, Duration.ofSeconds(2));
        StreamReader stream = StreamReader.open(server)) {
      stream.next();

      assertThat(stream.next().fields()).containsEntry("", "heartbeat");
    }
  }

  @Test
  void clientThatDoesNotRead_isEndedAndHoldsNobodyUp() {
    try (TestServer server = server(2, Duration.ofSeconds(2));
        StreamReader _ = StreamReader.thatDoesNotRead(server);
        StreamReader other = StreamReader.open(server)) {
      ChangeLog log = server.application().useCases().changes();
      Eventually.holds("both are there", () -> log.watchers() == 2);

      Eventually.holds(
          "the one that does not read is gone",
          () -> {
            change(log, 500);
            other.changes(1);
            return log.watchers() == 1;
          });

      server.get("/health").hasStatus(200);
    }
  }

  @Test
  void stop_endsStreamsAtOnceAndProperly() {
    TestServer server = server(3, Duration.ofSeconds(20));
    StreamReader stream = StreamReader.open(server);
    stream.next();

    long begin = System.nanoTime();
    server.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
    stream.readToTheEnd();
    stream.close();
  }

  @Test
  void stop_doesNotWaitForClientsThatDoNotRead() {
    HttpSettings.Streams streams =
        new HttpSettings.Streams(2, Duration.ofMillis(10), Duration.ofSeconds(20));
    TestServer server = TestServer.start(Setup.USUAL.withStreams(streams));
    ChangeLog log = server.application().useCases().changes();
    try (StreamReader _ = StreamReader.thatDoesNotRead(server)) {
      Eventually.holds("it is there", () -> log.watchers() == 1);
      for (int round = 0; round < 400; round++) {
        change(log, 1_000);
      }

      long begin = System.nanoTime();
      server.close();

      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
      assertThat(log.watchers()).isZero();
    }
  }
}

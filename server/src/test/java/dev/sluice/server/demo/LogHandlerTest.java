package dev.sluice.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.Payload;
import dev.sluice.domain.port.AttemptContext;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.SubscriptionName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LogHandlerTest {

  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
  private static final AttemptContext SECOND =
      new AttemptContext(
          new SubscriptionName("audit"),
          new Destination.Log(),
          2,
          2,
          NOW,
          Duration.ofSeconds(1),
          Duration.ZERO);

  private static Event event(String payload) {
    return new Event(
        new EventId("e-1"),
        new EventType("order.paid"),
        NOW,
        NOW,
        new Payload(payload),
        new Attributes(Map.of("source", "shop")));
  }

  @Test
  void event_isOneLineOfJson() {
    var written = new ByteArrayOutputStream();
    var handler = new LogHandler(new PrintStream(written, false, StandardCharsets.UTF_8));

    assertThat(
            handler.handle(event("{\n \"amount\":\r\n 1.50, \"name\": \"Jos\u00e9\\n\" }"), SECOND))
        .isEqualTo(Outcome.SUCCEEDED);

    assertThat(written.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"subscription\":\"audit\",\"attempt\":2,\"event_id\":\"e-1\","
                + "\"event_type\":\"order.paid\",\"occurred_at\":\"2026-11-20T10:00:00.123Z\","
                + "\"received_at\":\"2026-11-20T10:00:00.123Z\","
                + "\"payload\":{  \"amount\":   1.50, \"name\": \"Jos\u00e9\\n\" },"
                + "\"source\":\"shop\"}\n");
  }

  @Test
  void preview_isTheLineThatIsWritten() {
    var written = new ByteArrayOutputStream();
    var handler = new LogHandler(new PrintStream(written, false, StandardCharsets.UTF_8));
    Event event = event("{\n \"amount\": 1}");

    String previewed = handler.preview(event, SECOND).output().orElseThrow();
    assertThat(written.size()).isZero();

    handler.handle(event, SECOND);
    assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo(previewed + "\n");
  }

  @Test
  void closedOutput_failsTheAttempt() {
    var handler =
        new LogHandler(
            new PrintStream(
                new OutputStream() {
                  @Override
                  public void write(int one) throws IOException {
                    throw new IOException("broken pipe");
                  }
                }));

    assertThat(handler.handle(event("{}"), SECOND)).isInstanceOf(Outcome.Failed.class);
  }
}

package dev.sluice.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Memory is reserved for bytes that have arrived, not for announced ones.
final class RoomTest {

  private static final int KIB = 1024;
  private static final HttpSettings.Limits NARROW =
      new HttpSettings.Limits(
          KIB * KIB, 100, KIB * KIB, 1 << 30, 256 * KIB, 100, Duration.ofSeconds(30), 0, 1);

  private static Answer chunked(TestServer server, String contentType, String body) {
    return server.call(
        server
            .request("/events")
            .header("Content-Type", contentType)
            .POST(
                BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(body.getBytes(UTF_8)))));
  }

  private static String eventOf(int bytes) {
    return "{\"payload\":\"" + "x".repeat(bytes) + "\"}";
  }

  @Test
  void share_isGivenBackAndTheFirstBytesAreFree() {
    var room = new Room(100 * KIB);

    try (Room.Share share = room.share()) {
      share.hold(Room.FREE);
      assertThat(room.left()).isEqualTo(100);
      share.hold(50 * KIB);
      assertThat(room.left()).isEqualTo(49);
      assertThat(share.tryHold(200 * KIB)).isFalse();
      assertThat(room.left()).isEqualTo(49);
      share.hold(20 * KIB);
      assertThat(room.left()).isEqualTo(79);
      assertThatThrownBy(() -> room.share().hold(90 * KIB)).isInstanceOf(ProblemException.class);
    }
    assertThat(room.left()).isEqualTo(100);
  }

  @Test
  void smallChunkedBody_takesNoMoreThanItHas() {
    try (TestServer server = TestServer.start(Setup.USUAL.withLimits(NARROW))) {
      chunked(server, "application/json", "{\"payload\":1}").hasStatus(202);
      chunked(server, "application/json", eventOf(100 * KIB)).hasStatus(202);
      chunked(server, "application/json", eventOf(500 * KIB)).isProblem(503, "overloaded");
    }
  }

  @Test
  void announcedBodyThatDoesNotCome_keepsNobodyOut() throws IOException {
    try (TestServer server = TestServer.start(Setup.USUAL.withLimits(NARROW));
        Socket idle = server.connect()) {
      String head =
          "POST /events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Content-Length: 250000\r\n\r\n{";
      idle.getOutputStream().write(head.getBytes(UTF_8));
      server.get("/health").hasStatus(200);

      server.post(eventOf(200 * KIB)).hasStatus(202);
    }
  }

  @Test
  void streamWithoutRoomForALine_isStoppedAfterWhatCameBefore() {
    try (TestServer server = TestServer.start(Setup.USUAL.withLimits(NARROW))) {
      String lines = "{\"payload\":1}\n".repeat(10) + eventOf(900 * KIB) + "\n{\"payload\":2}\n";

      Answer answer = chunked(server, "application/x-ndjson", lines).hasStatus(202);

      JsonNode json = answer.json();
      assertThat(json.path("accepted").asInt()).isEqualTo(10);
      assertThat(json.path("complete").asBoolean()).isFalse();
      assertThat(answer.header("Retry-After")).isEqualTo("1");
    }
  }

  @Test
  void streamWithLittleRoom_goesOnInSmallGroups() {
    try (TestServer server = TestServer.start(Setup.USUAL.withLimits(NARROW))) {
      String lines = (eventOf(30 * KIB) + "\n").repeat(100);

      JsonNode json = chunked(server, "application/x-ndjson", lines).hasStatus(202).json();

      assertThat(json.path("accepted").asInt()).isEqualTo(100);
      assertThat(json.path("complete").asBoolean()).isTrue();
    }
  }

  @Test
  void pageWithoutRoom_isRefused() {
    try (TestServer server = TestServer.start(Setup.USUAL.withLimits(NARROW))) {
      for (int number = 0; number < 4; number++) {
        server.post(eventOf(100 * KIB)).hasStatus(202);
      }

      server.get("/events").isProblem(503, "overloaded");
      server.get("/events?limit=1").hasStatus(200);
    }
  }
}

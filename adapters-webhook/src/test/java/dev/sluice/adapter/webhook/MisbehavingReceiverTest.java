package dev.sluice.adapter.webhook;

import static dev.sluice.adapter.webhook.SenderFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.Eventually;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a receiver does, a request ends and says how.
final class MisbehavingReceiverTest {

  private static final String OK = "HTTP/1.1 200 OK\r\n";

  private final SenderFixture fixture = new SenderFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private void assertTimeout(RawReceiver.Script script, String phase) throws Exception {
    try (var receiver = new RawReceiver(script)) {
      SendResult result =
          SenderFixture.untilStoppedWhile(phase, deadline -> fixture.send(receiver, deadline));

      assertFailed(result, FailureKind.TIMEOUT, phase);
    }
  }

  private void assertFailure(RawReceiver.Script script, FailureKind kind) throws Exception {
    try (var receiver = new RawReceiver(script)) {
      assertFailed(fixture.send(receiver, LONG), kind, "");
      assertThat(receiver.connections()).isEqualTo(1);
    }
  }

  private static void assertFailed(SendResult result, FailureKind kind, String message) {
    assertThat(result)
        .isInstanceOfSatisfying(
            SendResult.Failed.class,
            failed -> {
              assertThat(failed.kind()).as(failed.message()).isEqualTo(kind);
              assertThat(failed.message()).contains(message);
            });
  }

  @Test
  void silence_endsAtDeadline() throws Exception {
    assertTimeout(RawReceiver.Conversation::fallSilent, "waiting for the response");
  }

  @Test
  void silenceAfterHead_endsAtDeadline() throws Exception {
    assertTimeout(
        receiver -> {
          receiver.readRequest();
          receiver.send(OK + "content-length: 5\r\n\r\nab");
          receiver.fallSilent();
        },
        "reading the response");
  }

  @Test
  void headerDrip_endsAtDeadline() throws Exception {
    assertTimeout(
        receiver -> {
          receiver.readRequest();
          receiver.send(OK + "x-long: ");
          receiver.drip("a");
        },
        "waiting for the response");
  }

  @Test
  void bodyDrip_endsAtDeadline() throws Exception {
    assertTimeout(
        receiver -> {
          receiver.readRequest();
          receiver.send(OK + "content-length: 100000\r\n\r\n");
          receiver.drip("a");
        },
        "reading the response");
  }

  @Test
  void endlessInformation_endsAtDeadline() throws Exception {
    assertTimeout(
        receiver -> {
          receiver.readRequest();
          receiver.drip("HTTP/1.1 100 Continue\r\n\r\n");
        },
        "waiting for the response");
  }

  @ParameterizedTest
  @ValueSource(strings = {"transfer-encoding: chunked", "content-length: 10000000000", "x: y"})
  void endlessBody_isCutAndItsConnectionClosed(String framing) throws Exception {
    String line = "a".repeat(4_096);
    var isClosed = new AtomicBoolean();
    RawReceiver.Script script =
        receiver -> {
          receiver.readRequest();
          receiver.send(OK + framing + "\r\n\r\n");
          isClosed.set(
              receiver.sendUntilClosed(
                  framing.contains("chunked") ? "1000\r\n" + line + "\r\n" : line));
        };
    try (var receiver = new RawReceiver(script)) {
      SendResult result = fixture.send(receiver, LONG);

      assertThat(result)
          .isInstanceOfSatisfying(
              SendResult.Responded.class,
              response -> {
                assertThat(response.status()).isEqualTo(200);
                assertThat(response.body().head()).hasSize(ResponseBody.KEPT);
                assertThat(response.body().isCut()).isTrue();
                assertThat(response.body().isWhole()).isFalse();
              });
      Eventually.holds("the connection is closed", isClosed::get);
    }
  }

  @Test
  void endlessHeaders_areNoHttp() throws Exception {
    assertFailure(
        receiver -> {
          receiver.readRequest();
          receiver.send(OK);
          receiver.sendUntilClosed("x-more: " + "a".repeat(100) + "\r\n");
        },
        FailureKind.PROTOCOL);
  }

  @Test
  void endlessHeaderLine_isNoHttp() throws Exception {
    assertFailure(
        receiver -> {
          receiver.readRequest();
          receiver.send(OK + "x-long: ");
          receiver.sendUntilClosed("a".repeat(100));
        },
        FailureKind.PROTOCOL);
  }

  @Test
  void bannerOfOtherProtocol_isNoHttp() throws Exception {
    assertFailure(
        receiver -> {
          receiver.send("SSH-2.0-OpenSSH_9.6\r\n");
          receiver.fallSilent();
        },
        FailureKind.PROTOCOL);
  }

  @Test
  void malformedChunk_isNoHttp() throws Exception {
    assertFailure(
        receiver -> {
          receiver.readRequest();
          receiver.send(OK + "transfer-encoding: chunked\r\n\r\nzz\r\n");
          receiver.fallSilent();
        },
        FailureKind.PROTOCOL);
  }

  @Test
  void reset_isNamed() throws Exception {
    assertFailure(
        receiver -> {
          receiver.readRequest();
          receiver.reset();
        },
        FailureKind.RESET);
  }

  @Test
  void closedWithoutAnswer_isReset() throws Exception {
    assertFailure(RawReceiver.Conversation::readRequest, FailureKind.RESET);
  }

  @Test
  void closedWithinBody_isReset() throws Exception {
    assertFailure(
        receiver -> {
          receiver.readRequest();
          receiver.send(OK + "content-length: 100\r\n\r\nhalf");
        },
        FailureKind.RESET);
  }
}

package dev.sluice.adapter.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.http.HttpSettings.Clients;
import dev.sluice.adapter.http.HttpSettings.Limits;
import dev.sluice.adapter.http.HttpSettings.Security;
import dev.sluice.contract.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ConnectionShareTest {

  private static final String HEALTH = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final int SHARE = 4;

  private final List<Socket> sockets = new ArrayList<>();
  private final TestServer server = start(SHARE);

  private static TestServer start(int share) {
    Limits usual = Limits.DEFAULT;
    var limits =
        new Limits(
            usual.maxPayloadBytes(),
            usual.maxBatch(),
            usual.maxBatchBytes(),
            usual.maxStreamBytes(),
            usual.maxBufferedBytes(),
            8,
            usual.requestTimeout(),
            0,
            1);
    var security = new Security(true, true, Optional.empty(), new Clients(List.of(), share));
    return TestServer.start(Setup.USUAL.withLimits(limits).withSecurity(security));
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    server.close();
  }

  private Socket open(String request) throws IOException {
    Socket socket = server.connect();
    sockets.add(socket);
    socket.getOutputStream().write(request.getBytes(US_ASCII));
    return socket;
  }

  /// Reads to the end of the stream; fails if it does not come.
  private static boolean isEnded(Socket socket) throws IOException {
    try {
      socket.getInputStream().readAllBytes();
    } catch (SocketException e) {
      // A reset connection has ended as well.
    }
    return true;
  }

  @Test
  void idleConnection_makesRoomForANewOne() throws IOException {
    for (int number = 0; number < SHARE; number++) {
      assertThat(open(HEALTH).getInputStream().read()).isEqualTo('H');
    }

    for (int number = 0; number < 3 * SHARE; number++) {
      assertThat(server.send(HEALTH)).startsWith("HTTP/1.1 200");
    }

    // Not necessarily the first: a client has its response before the connection counts as idle.
    Eventually.holds(
        "one of them was closed", () -> sockets.stream().anyMatch(ConnectionShareTest::hasEnded));
  }

  /// Whether the stream has ended by now.
  private static boolean hasEnded(Socket socket) {
    try {
      socket.setSoTimeout(10);
      InputStream in = socket.getInputStream();
      while (in.read() >= 0) {
        // The rest of the response.
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      // A reset connection has ended as well.
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void silentConnections_keepNoOtherOut() throws IOException {
    for (int number = 0; number < 4 * SHARE; number++) {
      open("");
    }

    assertThat(server.send(HEALTH)).startsWith("HTTP/1.1 200");
    assertThat(isEnded(sockets.getFirst())).isTrue();
  }

  @Test
  void addressWhoseConnectionsAreAllBusy_getsNoMore() throws IOException {
    Eventually.holds("the share is used up", this::isUsedUp);

    for (Socket socket : sockets) {
      socket.close();
    }

    Eventually.holds("some are free again", () -> server.send(HEALTH).startsWith("HTTP/1.1 200"));
  }

  @Test
  void idleConnectionThatBreaks_isNoFailedRequest() throws IOException {
    Socket socket = open(HEALTH);
    assertThat(socket.getInputStream().read()).isEqualTo('H');
    socket.setSoLinger(true, 0);
    socket.close();

    Eventually.holds(
        "the connection is forgotten",
        () -> Metrics.of(server).value("sluice_http_connections") <= 1);
    assertThat(server.log().requests()).isEmpty();
  }

  /// Starts one more request and does not complete it.
  private boolean isUsedUp() {
    try {
      open("POST /events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n");
      return server.send(HEALTH).isEmpty();
    } catch (SocketException e) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

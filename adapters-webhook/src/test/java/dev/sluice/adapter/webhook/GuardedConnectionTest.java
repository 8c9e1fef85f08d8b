package dev.sluice.adapter.webhook;

import static dev.sluice.adapter.webhook.SenderFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.adapter.webhook.guard.AddressGuard;
import dev.sluice.adapter.webhook.guard.Network;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.SettableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// No connection leads to an address that the guard refuses, whatever names and settings say.
final class GuardedConnectionTest {

  private final SenderFixture fixture = new SenderFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private static RawReceiver accepting() throws IOException {
    return new RawReceiver(
        receiver -> {
          for (int i = 0; i < 10; i++) {
            receiver.readRequest();
            receiver.send("HTTP/1.1 204 No Content\r\n\r\n");
          }
        });
  }

  private static void assertFailed(SendResult result, FailureKind kind) {
    assertThat(result)
        .isInstanceOfSatisfying(
            SendResult.Failed.class,
            failed -> assertThat(failed.kind()).as(failed.message()).isEqualTo(kind));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1", "169.254.169.254", "::1", "64:ff9b::7f00:1"})
  void forbiddenLiteral_isRefused(String host) {
    assertFailed(fixture.send(host, 80, LONG), FailureKind.REFUSED_ADDRESS);
  }

  @Test
  void oneForbiddenAddressOfTwo_isRefused() throws Exception {
    fixture.names.with("mixed.test", "127.0.0.1", "::1");
    try (var receiver = accepting()) {
      SendResult result = fixture.send("mixed.test", receiver.port(), LONG);

      assertFailed(result, FailureKind.REFUSED_ADDRESS);
      assertThat(receiver.connections()).isZero();
    }
  }

  @Test
  void nameThatMovedInsideAfterTheCheck_isRefused() throws Exception {
    var clock = new SettableClock();
    var names = new FixedNames().with("moving.test", "127.0.0.1");
    var guard = new AddressGuard(List.of(Network.parse("127.0.0.0/8")));
    var rules = new UrlRules(true, AllowedPorts.parse("1-65535"), Set.of(), guard);
    var cache = new DnsCache(names, Runnable::run, clock);
    try (var receiver = accepting();
        var rebound = new SenderFixture(cache)) {
      var url =
          new ReceiverCheck(rules, cache).check("http://moving.test:" + receiver.port(), LONG);

      names.with("moving.test", "10.0.0.1");
      clock.advance(DnsCache.TTL);

      assertFailed(rebound.send(url, LONG), FailureKind.REFUSED_ADDRESS);
      assertThat(receiver.connections()).isZero();
    }
  }

  @Test
  void connectionPastItsTime_isNotUsedAgain() throws Exception {
    var settings =
        new SenderSettings("Sluice/test", SenderFixture.systemTls(), 32, 100, Duration.ofMillis(1));
    try (var receiver = accepting();
        var forgetful = new SenderFixture(settings)) {
      Eventually.holds(
          "a second connection",
          () -> {
            forgetful.send(receiver, LONG);
            return receiver.connections() > 1;
          });
    }
  }

  @Test
  void socketToForbiddenAddress_isNotConnected() throws Exception {
    try (var receiver = accepting();
        var socket = new GuardedSocket(new AddressGuard(List.of()))) {
      var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), receiver.port());

      assertThatThrownBy(() -> socket.connect(loopback))
          .isInstanceOf(RefusedAddressException.class);
      assertThatThrownBy(() -> socket.connect(InetSocketAddress.createUnresolved("a.test", 80)))
          .isInstanceOf(RefusedAddressException.class);
      assertThat(receiver.connections()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http.proxy", "https.proxy", "socksProxy"})
  void proxyOfSystemProperties_isNotUsed(String proxy) throws Exception {
    try (var receiver = accepting();
        var other = accepting()) {
      System.setProperty(proxy + "Host", "127.0.0.1");
      System.setProperty(proxy + "Port", String.valueOf(other.port()));
      try {
        assertThat(fixture.send(receiver, LONG)).isInstanceOf(SendResult.Responded.class);
      } finally {
        System.clearProperty(proxy + "Host");
        System.clearProperty(proxy + "Port");
      }
      assertThat(other.connections()).isZero();
    }
  }

  @Test
  void addressThatDoesNotAnswer_isFollowedByTheNext() throws Exception {
    try (var receiver = accepting()) {
      // The receiver listens at 127.0.0.1 only.
      fixture.names.with("two.test", "127.0.0.9", "127.0.0.1");

      SendResult result = fixture.send("two.test", receiver.port(), LONG);

      assertThat(result).isInstanceOf(SendResult.Responded.class);
    }
  }

  @Test
  void nameWithFiftyAddresses_isReached() throws Exception {
    try (var receiver = accepting()) {
      fixture.names.with("many.test", fifty("127.0.0.1"));

      assertThat(fixture.send("many.test", receiver.port(), LONG))
          .isInstanceOf(SendResult.Responded.class);
    }
  }

  @Test
  void oneForbiddenAddressOfFifty_isRefused() throws Exception {
    try (var receiver = accepting()) {
      fixture.names.with("many.test", fifty("10.0.0.1"));

      assertFailed(fixture.send("many.test", receiver.port(), LONG), FailureKind.REFUSED_ADDRESS);
      assertThat(receiver.requests()).isEmpty();
    }
  }

  private static String[] fifty(String last) {
    var addresses = new String[50];
    Arrays.fill(addresses, "127.0.0.1");
    addresses[49] = last;
    return addresses;
  }

  @Test
  void unknownName_isNotResolved() {
    assertFailed(fixture.send("missing.test", 80, LONG), FailureKind.RESOLVE);
  }

  @Test
  void closedPort_isNotConnected() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    assertFailed(fixture.send("receiver.test", port, LONG), FailureKind.CONNECT);
  }

  @Test
  void nameServerThatHangs_endsAtDeadline() {
    var released = new CountDownLatch(1);
    try (var slow = new SenderFixture(host -> await(released))) {
      SendResult result =
          SenderFixture.untilStoppedWhile(
              "resolving the name", deadline -> slow.send("receiver.test", 80, deadline));

      assertFailed(result, FailureKind.TIMEOUT);
    } finally {
      released.countDown();
    }
  }

  private static InetAddress[] await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new InetAddress[0];
  }

  @Test
  void receiverWithAllConnectionsInUse_getsNoMore() throws Exception {
    var settings =
        new SenderSettings("Sluice/test", SenderFixture.systemTls(), 1, 100, Duration.ofMinutes(5));
    var waiting = new CountDownLatch(1);
    RawReceiver.Script script =
        receiver -> {
          receiver.readRequest();
          waiting.countDown();
          receiver.fallSilent();
        };
    try (var busy = new SenderFixture(settings);
        var receiver = new RawReceiver(script)) {
      Thread first = Thread.ofVirtual().start(() -> busy.send(receiver, LONG));
      waiting.await();

      assertFailed(busy.send(receiver, LONG), FailureKind.NO_CONNECTION);

      first.interrupt();
      first.join();
    }
  }
}

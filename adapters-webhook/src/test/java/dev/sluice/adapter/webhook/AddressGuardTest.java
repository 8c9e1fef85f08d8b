package dev.sluice.adapter.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.webhook.guard.AddressGuard;
import dev.sluice.adapter.webhook.guard.AddressLiteral;
import dev.sluice.adapter.webhook.guard.Network;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressGuardTest {

  private static final AddressGuard CLOSED = new AddressGuard(List.of());

  private static AddressGuard allowing(String... networks) {
    return new AddressGuard(Stream.of(networks).map(Network::parse).toList());
  }

  private static InetAddress address(String text) {
    return AddressLiteral.parse(text).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "168.63.129.15",
        "2606:4700::1111",
        "2a00:1450:4001::1",
        "2001:200::1",
        "3ffe:ffff::1",
        "2606:4700::5efe:808:808"
      })
  void globalAddress_passes(String text) {
    assertThat(CLOSED.refusal(address(text))).isEmpty();
  }

  @Test
  void mappedAddressInSixteenBytes_isRefused() throws UnknownHostException {
    byte[] bytes = new byte[16];
    bytes[10] = -1;
    bytes[11] = -1;
    bytes[12] = 127;
    bytes[15] = 1;

    InetAddress mapped = Inet6Address.getByAddress(null, bytes, -1);

    assertThat(CLOSED.refusal(mapped))
        .hasValue(
            "0:0:0:0:0:ffff:7f00:1 contains 127.0.0.1, which is not a public address: it is in 127.0.0.0/8 (loopback). Use a public"
                + " address, or add it to WEBHOOK_ALLOW_NETWORKS on every node.");
  }

  @Test
  void scopedAddress_isRefusedEvenIfAllowed() throws UnknownHostException {
    byte[] global = address("2606:4700::1111").getAddress();

    InetAddress scoped = Inet6Address.getByAddress(null, global, 1);

    assertThat(allowing("::/0").refusal(scoped))
        .hasValueSatisfying(why -> assertThat(why).contains("network interface"));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.0/8, 127.0.0.1",
    "::1, ::1",
    "192.168.1.5, 192.168.1.5",
    "fd00::/8, fd12::1",
    "64:ff9b::/96, 64:ff9b::8.8.8.8",
  })
  void allowedNetwork_opensItsAddresses(String network, String text) {
    assertThat(CLOSED.refusal(address(text))).isPresent();
    assertThat(allowing(network).refusal(address(text))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.0/8, ::1",
    "192.168.1.5, 192.168.1.6",
    "10.0.0.0/8, 64:ff9b::10.0.0.1",
    "64:ff9b::/96, 64:ff9b::10.0.0.1",
    "10.0.0.0/8, ::ffff:0:10.0.0.1",
    "10.0.0.0/8, 2002:a00:1::",
  })
  void allowedNetwork_opensNothingElse(String network, String text) {
    assertThat(allowing(network).refusal(address(text))).isPresent();
  }

  @Test
  void oneRefusedAddressOfMany_refusesAll() {
    List<InetAddress> addresses = List.of(address("1.1.1.1"), address("::1"));

    assertThat(CLOSED.refusalOfAny(addresses)).isPresent();
    assertThat(CLOSED.refusalOfAny(addresses.subList(0, 1))).isEmpty();
  }
}

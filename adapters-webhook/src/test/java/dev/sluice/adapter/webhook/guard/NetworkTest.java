package dev.sluice.adapter.webhook.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworkTest {

  private static boolean contains(String network, String address) {
    return Network.parse(network)
        .contains(AddressLiteral.parse(address).orElseThrow().getAddress());
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, 11.0.0.0",
    "172.16.0.0/12, 172.31.255.255, 172.32.0.0",
    "192.168.1.5, 192.168.1.5, 192.168.1.4",
    "fd00::/9, fd7f::1, fd80::",
    "2001:db8::/32, 2001:db8:ffff::, 2001:db9::",
    "0.0.0.0/0, 255.255.255.255, ::1",
    "::/0, ffff::, 1.2.3.4",
  })
  void network_containsItsAddressesOnly(String network, String inside, String outside) {
    assertThat(contains(network, inside)).isTrue();
    assertThat(contains(network, outside)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10",
        "10.0.0/8",
        "10.0.0.0/",
        "10.0.0.0/33",
        "::/129",
        "10.0.0.0/-1",
        "10.0.0.0/8/8",
        "localhost",
        "010.0.0.0/8",
        "fe80::1%eth0",
        "::1::",
        " 10.0.0.0/8"
      })
  void otherText_isRefused(String text) {
    assertThatThrownBy(() -> Network.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10.0.0.0/8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1/8", "fd00::1/8"})
  void bitsBehindPrefix_areRefused(String text) {
    assertThatThrownBy(() -> Network.parse(text)).hasMessageContaining("host bits set");
  }
}

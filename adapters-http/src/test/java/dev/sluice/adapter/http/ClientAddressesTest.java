package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.http.HttpSettings.AddressRange;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.WritableHeaders;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientAddressesTest {

  private static final InetAddress PROXY = InetAddress.ofLiteral("10.0.0.1");

  private final ClientAddresses clients =
      new ClientAddresses(List.of(range("10.0.0.0/8"), range("2001:db8::/32")));

  private static AddressRange range(String text) {
    return AddressRange.parse(text).orElseThrow();
  }

  private String client(InetAddress peer, String forwardedFor, String forwarded) {
    WritableHeaders<?> headers = WritableHeaders.create();
    if (!forwardedFor.isEmpty()) {
      headers.set(HeaderValues.create(HeaderNames.X_FORWARDED_FOR, forwardedFor.split("\\+")));
    }
    if (!forwarded.isEmpty()) {
      headers.set(HeaderValues.create(HeaderNames.create("Forwarded"), forwarded.split("\\+")));
    }
    return clients.clientOf(peer, ServerRequestHeaders.create(headers)).getHostAddress();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          192.0.2.1                        | 192.0.2.1
          192.0.2.9, 192.0.2.1             | 192.0.2.1
          192.0.2.9+192.0.2.1              | 192.0.2.1
          192.0.2.1, 10.9.9.9              | 192.0.2.1
          192.0.2.1, 10.9.9.9, 10.1.1.1    | 192.0.2.1
          10.9.9.9, 10.1.1.1               | 10.9.9.9
          192.0.2.1:4711                   | 192.0.2.1
          192.0.2.9, unknown               | 10.0.0.1
          192.0.2.9, example.org           | 10.0.0.1
          192.0.2.9, unknown, 10.9.9.9     | 10.9.9.9
          192.0.2.9,                       | 10.0.0.1
          192.0.2.300                      | 10.0.0.1
          10.1                             | 10.0.0.1
          2001:db9::1                      | 2001:db9:0:0:0:0:0:1
          2001:db9::1, 2001:db8::5         | 2001:db9:0:0:0:0:0:1
          [2001:db9::1]:80                 | 2001:db9:0:0:0:0:0:1
          ::ffff:192.0.2.1                 | 192.0.2.1
          """)
  void rightmostAddressThatIsNoProxy_isTheClient(String forwardedFor, String expected) {
    assertThat(client(PROXY, forwardedFor, "")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          for=192.0.2.1                                 | 192.0.2.1
          For="192.0.2.1:80";proto=https                | 192.0.2.1
          proto=http; for=192.0.2.1                     | 192.0.2.1
          for=192.0.2.9, for=192.0.2.1, for=10.2.2.2    | 192.0.2.1
          for="[2001:db9::1]:80"                        | 2001:db9:0:0:0:0:0:1
          for=192.0.2.9, for=_hidden                    | 10.0.0.1
          for=192.0.2.9, proto=http                     | 10.0.0.1
          """)
  void forwarded_isReadAsWell(String forwarded, String expected) {
    assertThat(client(PROXY, "", forwarded)).isEqualTo(expected);
  }

  @Test
  void headersThatDisagree_leaveTheProxy() {
    assertThat(client(PROXY, "192.0.2.1", "for=192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(client(PROXY, "192.0.2.1", "for=192.0.2.2")).isEqualTo("10.0.0.1");
  }

  @Test
  void whatAStrangerSaysOfItself_isNotBelieved() {
    InetAddress direct = InetAddress.ofLiteral("192.0.2.5");

    assertThat(client(direct, "192.0.2.1", "for=192.0.2.1")).isEqualTo("192.0.2.5");
    assertThat(new ClientAddresses(List.of()).isProxy(PROXY)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "proxy",
        "10.1",
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.0/-1",
        "::/129",
        "fe80::1%lo"
      })
  void rangeThatIsNone_isNotRead(String text) {
    assertThat(AddressRange.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3/32,10.1.2.3,true",
    "10.1.2.3,10.1.2.4,false",
    "10.1.2.3/30,10.1.2.0,true",
    "10.1.2.3/30,10.1.2.4,false",
    "0.0.0.0/0,192.0.2.1,true",
    "0.0.0.0/0,::1,false",
    "2001:db8::/33,2001:db8:7fff::1,true",
    "2001:db8::/33,2001:db8:8000::1,false"
  })
  void range_holdsWhatBeginsWithTheSameBits(String text, String address, boolean isInside) {
    assertThat(range(text).contains(InetAddress.ofLiteral(address))).isEqualTo(isInside);
  }
}

package dev.sluice.adapter.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.webhook.guard.AddressGuard;
import dev.sluice.adapter.webhook.guard.AddressLiteral;
import dev.sluice.adapter.webhook.guard.Network;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/// No refused address passes, however it is wrapped: not even where an operator has allowed all of
/// IPv6, so that nothing but the address inside decides.
final class WrappedAddressTest {

  private static final AddressGuard CLOSED = new AddressGuard(List.of());
  private static final AddressGuard ALL_OF_IPV6 = new AddressGuard(List.of(Network.parse("::/0")));

  private static final List<String> REFUSED =
      List.of(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "168.63.129.16/32",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4");

  /// A way to put an IPv4 address into an IPv6 address.
  ///
  /// @param before hexadecimal digits of the bytes before it, the rest is zero
  record Wrapping(String before, int position, boolean isInverted) {

    private byte[] around(byte[] inner) {
      byte[] outer = new byte[16];
      for (int i = 0; i < before.length() / 2; i++) {
        outer[i] = (byte) Integer.parseInt(before.substring(2 * i, 2 * i + 2), 16);
      }
      for (int i = 0; i < 4; i++) {
        outer[position + i] = (byte) (isInverted ? ~inner[i] : inner[i]);
      }
      return outer;
    }
  }

  private static final List<Wrapping> WRAPPINGS =
      List.of(
          new Wrapping("00000000000000000000ffff", 12, false),
          new Wrapping("0000000000000000ffff0000", 12, false),
          new Wrapping("0064ff9b0000000000000000", 12, false),
          new Wrapping("0064ff9b0001000000000000", 12, false),
          new Wrapping("0064ff9b0001000000", 9, false),
          new Wrapping("2002", 2, false),
          new Wrapping("20010000", 4, false),
          new Wrapping("200100004136e378", 12, true),
          new Wrapping("2606470000000000" + "00005efe", 12, false),
          new Wrapping("2606470000000000" + "02005efe", 12, false),
          new Wrapping("fe80000000000000" + "00005efe", 12, false));

  @Provide
  Arbitrary<byte[]> refused() {
    return Combinators.combine(
            Arbitraries.of(REFUSED), Arbitraries.bytes().array(byte[].class).ofSize(4))
        .as(WrappedAddressTest::within);
  }

  private static byte[] within(String network, byte[] random) {
    int slash = network.indexOf('/');
    int bits = Integer.parseInt(network.substring(slash + 1));
    byte[] address = AddressLiteral.parse(network.substring(0, slash)).orElseThrow().getAddress();
    for (int bit = bits; bit < 32; bit++) {
      address[bit / 8] |= (byte) (random[bit / 8] & (0x80 >> (bit % 8)));
    }
    return address;
  }

  @Provide
  Arbitrary<Wrapping> wrappings() {
    return Arbitraries.of(WRAPPINGS);
  }

  @Property(tries = 500)
  void refusedAddress_neverPasses(@ForAll("refused") byte[] inner) throws UnknownHostException {
    assertThat(CLOSED.refusal(InetAddress.getByAddress(inner))).isPresent();
  }

  @Property(tries = 2_000)
  void wrappedAddress_neverPasses(
      @ForAll("refused") byte[] inner, @ForAll("wrappings") Wrapping wrapping)
      throws UnknownHostException {
    InetAddress outer = Inet6Address.getByAddress(null, wrapping.around(inner), -1);

    assertThat(CLOSED.refusal(outer)).isPresent();
    assertThat(ALL_OF_IPV6.refusal(outer)).isPresent();
  }

  @Property(tries = 1_000)
  void addressOutsideGlobalRange_neverPasses(@ForAll @Size(16) byte[] address)
      throws UnknownHostException {
    address[0] = (byte) ((address[0] & 0xff) >> 5 == 1 ? address[0] ^ 0xe0 : address[0]);

    assertThat(CLOSED.refusal(Inet6Address.getByAddress(null, address, -1))).isPresent();
  }
}

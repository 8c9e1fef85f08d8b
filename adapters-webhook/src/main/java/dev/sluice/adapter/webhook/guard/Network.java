package dev.sluice.adapter.webhook.guard;

import java.net.InetAddress;
import java.util.Arrays;

/// A range of addresses in CIDR notation, such as `10.0.0.0/8` or `fd00::/8`.
///
/// IPv4 and IPv6 ranges have nothing in common: an IPv4 range never contains an IPv6 address, not
/// even one that embeds an IPv4 address.
public final class Network {

  private final byte[] prefix;
  private final int bits;

  private Network(byte[] prefix, int bits) {
    this.prefix = prefix;
    this.bits = bits;
  }

  /// Reads a range; an address without a slash is a range of one.
  ///
  /// @throws IllegalArgumentException when the text is not a range, or has host bits set
  public static Network parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    byte[] prefix =
        AddressLiteral.parse(address)
            .map(InetAddress::getAddress)
            .orElseThrow(() -> malformed(text));
    int bits = slash < 0 ? prefix.length * 8 : prefixLength(text, slash, prefix.length * 8);
    if (!Arrays.equals(masked(prefix, bits), prefix)) {
      throw new IllegalArgumentException(
          "\"" + text + "\" has host bits set; write the first address of the range.");
    }
    return new Network(prefix, bits);
  }

  private static int prefixLength(String text, int slash, int most) {
    String digits = text.substring(slash + 1);
    if (!digits.matches("\\d{1,3}") || Integer.parseInt(digits) > most) {
      throw malformed(text);
    }
    return Integer.parseInt(digits);
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "\"" + text + "\" is not a range of addresses; write it as 10.0.0.0/8 or fd00::/8.");
  }

  /// @param address 4 or 16 bytes
  boolean contains(byte[] address) {
    return address.length == prefix.length && Arrays.equals(masked(address, bits), prefix);
  }

  private static byte[] masked(byte[] address, int bits) {
    byte[] masked = new byte[address.length];
    for (int i = 0; i < masked.length; i++) {
      int kept = Math.clamp(bits - 8L * i, 0, 8);
      masked[i] = (byte) (address[i] & (0xff00 >> kept));
    }
    return masked;
  }

  @Override
  public String toString() {
    return AddressLiteral.text(prefix) + '/' + bits;
  }
}

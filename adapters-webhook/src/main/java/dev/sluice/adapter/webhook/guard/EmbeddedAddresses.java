package dev.sluice.adapter.webhook.guard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Finds IPv4 addresses inside IPv6 addresses: a translator or a tunnel may send the packet there.
final class EmbeddedAddresses {

  private static final Network TRANSLATED = Network.parse("::ffff:0:0:0/96");
  private static final Network COMPATIBLE = Network.parse("::/96");
  private static final Network NAT64 = Network.parse("64:ff9b::/96");
  private static final Network LOCAL_NAT64 = Network.parse("64:ff9b:1::/48");
  private static final Network SIX_TO_FOUR = Network.parse("2002::/16");
  private static final Network TEREDO = Network.parse("2001::/32");

  private EmbeddedAddresses() {}

  /// Returns every IPv4 address that the address may stand for, each as 4 bytes; none for an IPv4
  /// address and for `::` and `::1`, which embed nothing.
  ///
  /// @param address 4 or 16 bytes
  static List<byte[]> in(byte[] address) {
    var found = new ArrayList<byte[]>();
    if (address.length == 16) {
      addWellKnown(address, found);
      if (LOCAL_NAT64.contains(address)) {
        addLocalNat64(address, found);
      }
      if (isIsatap(address)) {
        found.add(at(address, 12));
      }
    }
    return found;
  }

  private static void addWellKnown(byte[] address, List<byte[]> found) {
    if (isMapped(address) || TRANSLATED.contains(address) || NAT64.contains(address)) {
      found.add(at(address, 12));
    }
    if (COMPATIBLE.contains(address) && !isBelow2(address)) {
      found.add(at(address, 12));
    }
    if (SIX_TO_FOUR.contains(address)) {
      found.add(at(address, 2));
    }
    if (TEREDO.contains(address)) {
      found.add(at(address, 4));
      found.add(inverted(at(address, 12)));
    }
  }

  /// RFC 8215 leaves the length of the prefix to the network, so every position that RFC 6052
  /// defines is checked. Byte 8 is reserved and skipped.
  private static void addLocalNat64(byte[] address, List<byte[]> found) {
    found.add(new byte[] {address[6], address[7], address[9], address[10]});
    found.add(new byte[] {address[7], address[9], address[10], address[11]});
    found.add(at(address, 9));
    found.add(at(address, 12));
  }

  /// Java makes an IPv4 address of a mapped one, so no range can be written for these.
  private static boolean isMapped(byte[] address) {
    return isZero(address, 0, 10) && address[10] == -1 && address[11] == -1;
  }

  private static boolean isIsatap(byte[] address) {
    // The universal bit of the first byte says whether the IPv4 address is unique in the world.
    return (address[8] & 0xfd) == 0
        && address[9] == 0
        && address[10] == 0x5e
        && (address[11] & 0xff) == 0xfe;
  }

  private static boolean isBelow2(byte[] address) {
    return isZero(address, 0, 15) && (address[15] & 0xff) < 2;
  }

  private static boolean isZero(byte[] address, int from, int to) {
    for (int i = from; i < to; i++) {
      if (address[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] at(byte[] address, int start) {
    return Arrays.copyOfRange(address, start, start + 4);
  }

  private static byte[] inverted(byte[] address) {
    byte[] inverted = new byte[address.length];
    for (int i = 0; i < inverted.length; i++) {
      inverted[i] = (byte) ~address[i];
    }
    return inverted;
  }
}

package dev.sluice.adapter.webhook.guard;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/// An address written as text, read strictly and without asking a resolver.
public final class AddressLiteral {

  private static final Pattern QUAD =
      Pattern.compile("(?:(?:0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])(?:\\.(?!$)|$)){4}");
  private static final Pattern HEX_GROUPS = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private AddressLiteral() {}

  /// Reads a canonical dotted quad or an IPv6 address. A dotted quad with leading zeros, fewer
  /// parts or hexadecimal digits is refused, because parsers disagree about it; so is a scope id.
  public static Optional<InetAddress> parse(String text) {
    try {
      if (isQuad(text)) {
        return Optional.of(Inet4Address.ofLiteral(text));
      }
      if (text.length() <= 45 && HEX_GROUPS.matcher(text).matches()) {
        return Optional.of(Inet6Address.ofLiteral(text));
      }
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  public static boolean isQuad(String text) {
    return QUAD.matcher(text).matches();
  }

  /// @param bytes 4 or 16 bytes
  static String text(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("An address has 4 or 16 bytes, not " + bytes.length, e);
    }
  }
}

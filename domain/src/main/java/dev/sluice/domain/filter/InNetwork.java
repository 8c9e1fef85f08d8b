package dev.sluice.domain.filter;

import dev.sluice.domain.filter.JsonValue.Scalar;
import dev.sluice.domain.filter.JsonValue.Text;

/// The value is the text of an address whose first bits are those of a network.
record InNetwork(IpAddress network, int bits) implements Condition {

  /// @throws IllegalArgumentException when the text is not an address, a slash and a number of bits
  static InNetwork of(String cidr) {
    int slash = cidr.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("must be a network such as 10.0.0.0/8 or 2001:db8::/32");
    }
    IpAddress network =
        IpAddress.parse(cidr.substring(0, slash))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "must begin with an IP address such as 10.0.0.0 or 2001:db8::"));
    int bits = bitsOf(cidr.substring(slash + 1));
    if (bits < 0 || bits > network.length()) {
      throw new IllegalArgumentException(
          "must end with a number of bits from 0 to " + network.length());
    }
    return new InNetwork(network, bits);
  }

  private static int bitsOf(String text) {
    boolean isNumber =
        !text.isEmpty()
            && text.length() <= 3
            && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    return isNumber ? Integer.parseInt(text) : -1;
  }

  @Override
  public boolean matches(Scalar value) {
    return value instanceof Text(String text)
        && IpAddress.parse(text).filter(address -> address.isIn(network, bits)).isPresent();
  }
}

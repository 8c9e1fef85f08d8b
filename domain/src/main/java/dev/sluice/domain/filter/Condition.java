package dev.sluice.domain.filter;

import dev.sluice.domain.filter.JsonValue.Scalar;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A condition on one value of an event.
///
/// Each decides in time proportional to the length of the value, whatever the condition.
public sealed interface Condition
    permits AnythingBut,
        Existence,
        InNetwork,
        NumericRange,
        OneOf,
        TextConditions.Prefix,
        TextConditions.Suffix,
        TextConditions.IgnoringCase,
        TextConditions.Wildcard {

  /// Returns whether a value meets the condition.
  boolean matches(Scalar value);

  /// The value is one of these.
  static Condition oneOf(Set<Scalar> values) {
    return new OneOf(values);
  }

  /// The value is a text that begins with this one.
  static Condition prefix(String text) {
    return new TextConditions.Prefix(text);
  }

  /// The value is a text that begins with this one, in upper or lower case.
  static Condition prefixIgnoringCase(String text) {
    return new TextConditions.IgnoringCase(
        CaseInsensitiveText.of(text), TextConditions.IgnoringCase.Place.START);
  }

  /// The value is a text that ends with this one.
  static Condition suffix(String text) {
    return new TextConditions.Suffix(text);
  }

  /// The value is a text that ends with this one, in upper or lower case.
  static Condition suffixIgnoringCase(String text) {
    return new TextConditions.IgnoringCase(
        CaseInsensitiveText.of(text), TextConditions.IgnoringCase.Place.END);
  }

  /// The value is this text, in upper or lower case.
  static Condition equalsIgnoringCase(String text) {
    return new TextConditions.IgnoringCase(
        CaseInsensitiveText.of(text), TextConditions.IgnoringCase.Place.WHOLE);
  }

  /// The value is a text in which each `*` stands for any run of characters. A backslash before `*`
  /// or a backslash makes it stand for itself.
  ///
  /// @throws IllegalArgumentException when two stars follow each other, or a backslash stands
  ///   before another character
  static Condition wildcard(String pattern) {
    return new TextConditions.Wildcard(Glob.of(pattern));
  }

  /// The value is a number in a range.
  ///
  /// @param low the lower end, and the smallest number for none
  /// @param isLowOpen whether the lower end is outside of the range
  /// @param high the upper end, and the largest number for none
  /// @param isHighOpen whether the upper end is outside of the range
  static Condition between(double low, boolean isLowOpen, double high, boolean isHighOpen) {
    return new NumericRange(low, isLowOpen, high, isHighOpen);
  }

  /// The value is the text of an IP address in a network, written as `10.0.0.0/8` or
  /// `2001:db8::/32`.
  ///
  /// @throws IllegalArgumentException when the text is no network
  static Condition inNetwork(String cidr) {
    return InNetwork.of(cidr);
  }

  /// The value is the text of the same IP address of version 6, in any spelling; empty when the
  /// text is none. An address of version 4 has one spelling.
  static Optional<Condition> sameAddress(String text) {
    return IpAddress.parse(text)
        .filter(IpAddress::isV6)
        .map(address -> new InNetwork(address, address.length()));
  }

  /// There is a value, or there is none.
  static Condition exists(boolean isPresent) {
    return isPresent ? Existence.PRESENT : Existence.ABSENT;
  }

  /// There is a value, and it meets none of these conditions.
  static Condition anythingBut(List<Condition> excluded) {
    return new AnythingBut(excluded);
  }
}

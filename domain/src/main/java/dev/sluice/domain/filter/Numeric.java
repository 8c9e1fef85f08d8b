package dev.sluice.domain.filter;

/// A JSON number. Numbers are compared by value where a 64-bit floating-point number holds them
/// exactly as they are written, and by their text otherwise.
///
/// So `1`, `1.0` and `10e-1` are equal and `0.1` is more than `0.05`, but 12345678901234567890 has
/// too many digits: it is equal to itself, and neither more nor less than any other number.
///
/// @param value its value; NaN when it has none that is exact
/// @param text how it is written if it has no exact value; empty otherwise
public record Numeric(double value, String text) implements JsonValue.Scalar {

  /// Every integer of this length is exact.
  private static final int SHORT = 15;

  /// Returns the number that a JSON text stands for.
  ///
  /// @param json a number in the syntax of JSON
  /// @throws NumberFormatException when it is no number
  public static Numeric of(String json) {
    if (json.length() <= SHORT && isInteger(json)) {
      return new Numeric(Long.parseLong(json), "");
    }
    double nearest = Double.parseDouble(json);
    if (Double.isInfinite(nearest)
        || !Decimal.of(json).equals(Decimal.of(Double.toString(nearest)))) {
      return new Numeric(Double.NaN, json);
    }
    // Adding zero makes -0.0 equal to 0.0.
    return new Numeric(nearest + 0.0, "");
  }

  private static boolean isInteger(String json) {
    int first = json.startsWith("-") ? 1 : 0;
    for (int index = first; index < json.length(); index++) {
      char digit = json.charAt(index);
      if (digit < '0' || digit > '9') {
        return false;
      }
    }
    return json.length() > first;
  }

  /// Returns whether it can be more or less than another number.
  public boolean isExact() {
    return !Double.isNaN(value);
  }
}

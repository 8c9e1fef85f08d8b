package dev.sluice.domain.filter;

import dev.sluice.domain.filter.JsonValue.Scalar;

/// The value is a number between two others. A number without an exact value is in no range.
record NumericRange(double low, boolean isLowOpen, double high, boolean isHighOpen)
    implements Condition {

  @Override
  public boolean matches(Scalar value) {
    return value instanceof Numeric number && contains(number.value());
  }

  /// NaN is in no range.
  private boolean contains(double number) {
    return (isLowOpen ? number > low : number >= low)
        && (isHighOpen ? number < high : number <= high);
  }
}

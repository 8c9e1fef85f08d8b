package dev.sluice.domain.filter;

import dev.sluice.domain.filter.JsonValue.Scalar;

/// Whether a field has a value.
enum Existence implements Condition {
  PRESENT,
  ABSENT;

  @Override
  public boolean matches(Scalar value) {
    return this == PRESENT;
  }
}

package dev.sluice.domain.filter;

import dev.sluice.domain.filter.JsonValue.Scalar;
import java.util.Set;

/// The value is in a set: one look-up, however many values there are.
record OneOf(Set<Scalar> values) implements Condition {

  OneOf {
    values = Set.copyOf(values);
  }

  @Override
  public boolean matches(Scalar value) {
    return values.contains(value);
  }
}

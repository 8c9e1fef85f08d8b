package dev.sluice.domain.filter;

import dev.sluice.domain.filter.JsonValue.Scalar;
import java.util.List;

/// There is a value that meets no condition of a list.
record AnythingBut(List<Condition> excluded) implements Condition {

  AnythingBut {
    excluded = List.copyOf(excluded);
  }

  @Override
  public boolean matches(Scalar value) {
    for (Condition condition : excluded) {
      if (condition.matches(value)) {
        return false;
      }
    }
    return true;
  }
}

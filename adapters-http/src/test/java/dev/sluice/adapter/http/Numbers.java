package dev.sluice.adapter.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;

/// Compares JSON values so that 1, 1.0 and 1e0 are one number.
final class Numbers {

  static final Comparator<JsonNode> BY_VALUE =
      (one, other) -> {
        if (one.isNumber() && other.isNumber()) {
          return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
      };

  private Numbers() {}
}

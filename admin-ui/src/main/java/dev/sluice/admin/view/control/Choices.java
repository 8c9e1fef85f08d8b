package dev.sluice.admin.view.control;

import java.util.function.Function;
import javafx.util.StringConverter;

/// Labels for values in choice boxes.
public final class Choices {

  private Choices() {}

  public static <V> StringConverter<V> named(Function<V, String> name) {
    return new StringConverter<>() {
      @Override
      public String toString(V value) {
        return value == null ? "" : name.apply(value);
      }

      @Override
      public V fromString(String text) {
        throw new UnsupportedOperationException("values are chosen, not typed");
      }
    };
  }
}

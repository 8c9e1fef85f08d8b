package dev.sluice.adapter.jdbc.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Binds the properties of a list of items one after the other, each as an array.
final class ArrayParameters<T> {

  private final PreparedStatement statement;
  private final List<T> items;
  private int next;

  /// @param first the index of the first parameter to bind
  ArrayParameters(PreparedStatement statement, int first, List<T> items) {
    this.statement = statement;
    this.items = items;
    this.next = first;
  }

  ArrayParameters<T> texts(Function<T, @Nullable String> aspect) throws SQLException {
    @Nullable String[] values = new String[items.size()];
    for (int index = 0; index < values.length; index++) {
      values[index] = aspect.apply(items.get(index));
    }
    return bind("text", values);
  }

  ArrayParameters<T> longs(ToLongFunction<T> aspect) throws SQLException {
    return bind("bigint", items.stream().mapToLong(aspect).toArray());
  }

  ArrayParameters<T> integers(ToIntFunction<T> aspect) throws SQLException {
    return bind("int", items.stream().mapToInt(aspect).toArray());
  }

  ArrayParameters<T> doubles(ToDoubleFunction<T> aspect) throws SQLException {
    return bind("float8", items.stream().mapToDouble(aspect).toArray());
  }

  /// Returns the index of the parameter that follows.
  int next() {
    return next;
  }

  private ArrayParameters<T> bind(String type, Object array) throws SQLException {
    statement.setArray(
        next,
        statement
            .getConnection()
            .unwrap(org.postgresql.PGConnection.class)
            .createArrayOf(type, array));
    next++;
    return this;
  }
}

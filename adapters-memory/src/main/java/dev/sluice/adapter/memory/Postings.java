package dev.sluice.adapter.memory;

import java.util.Arrays;
import java.util.function.LongPredicate;

/// The sequences of the events that share a value, such as their type, in ascending order.
///
/// Sequences of deleted events stay until they are half of all; readers skip them.
final class Postings {

  private static final int FIRST_CAPACITY = 2;

  private long[] numbers = new long[FIRST_CAPACITY];
  private int size;
  private int live;

  /// @param number larger than all before
  void add(long number) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, size + (size >> 1) + 1);
    }
    numbers[size++] = number;
    live++;
  }

  /// Removes one of the sequences, whose event was deleted.
  ///
  /// @param isLive whether a sequence still has an event
  void forgetOne(LongPredicate isLive) {
    live--;
    if (live < size / 2) {
      numbers = Arrays.stream(numbers, 0, size).filter(isLive).toArray();
      size = numbers.length;
    }
  }

  int live() {
    return live;
  }

  /// Returns the largest sequence below `number`, or 0 when there is none.
  long below(long number) {
    int found = Arrays.binarySearch(numbers, 0, size, number);
    int insertion = found >= 0 ? found : -found - 1;
    return insertion == 0 ? 0 : numbers[insertion - 1];
  }
}

package dev.sluice.adapter.memory;

import java.util.Arrays;
import java.util.function.LongPredicate;

/// The numbers of the events that share a value, such as their type, in the order in which they
/// were stored.
///
/// Numbers of forgotten events stay until they are half of all; whoever reads skips them.
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

  /// One of the numbers stands for nothing any more.
  ///
  /// @param isLive tells which others still stand for an event
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

  /// The largest number below `number`, or 0 when there is none.
  long below(long number) {
    int found = Arrays.binarySearch(numbers, 0, size, number);
    int insertion = found >= 0 ? found : -found - 1;
    return insertion == 0 ? 0 : numbers[insertion - 1];
  }
}

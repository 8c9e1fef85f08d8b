package dev.sluice.adapter.memory;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongPredicate;

/// Finds events by a value that they share.
///
/// @param <K> the value, such as a type or an ordering key
final class PostingsIndex<K> {

  private final Map<K, Postings> byValue = new HashMap<>();

  void add(K value, long number) {
    byValue.computeIfAbsent(value, _ -> new Postings()).add(number);
  }

  void remove(K value, LongPredicate isLive) {
    Postings postings = byValue.get(value);
    if (postings == null) {
      return;
    }
    postings.forgetOne(isLive);
    if (postings.live() == 0) {
      byValue.remove(value);
    }
  }

  /// Returns the number of events with one of the values.
  long count(Collection<K> values) {
    long count = 0;
    for (K value : values) {
      Postings postings = byValue.get(value);
      count += postings == null ? 0 : postings.live();
    }
    return count;
  }

  /// Returns the largest sequence below `number` of an event with one of the values, or 0 when
  /// there is none.
  long below(long number, Collection<K> values) {
    long largest = 0;
    for (K value : values) {
      Postings postings = byValue.get(value);
      if (postings != null) {
        largest = Math.max(largest, postings.below(number));
      }
    }
    return largest;
  }
}

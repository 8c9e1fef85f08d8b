package dev.sluice.adapter.webhook.pace;

import dev.sluice.application.work.ReceiverView.Latency;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The classes of status and the durations of the last requests to a receiver. Guarded by its
/// owner.
final class RecentRequests {

  static final int KEPT = 200;

  private static final String[] CLASSES = {"none", "1xx", "2xx", "3xx", "4xx", "5xx"};

  private byte[] classes = new byte[8];
  private int[] micros = new int[8];
  private int count;
  private int next;

  /// @param status 0 when there was no complete response
  void add(int status, Duration took) {
    if (next == classes.length && classes.length < KEPT) {
      // Most receivers get few requests.
      classes = Arrays.copyOf(classes, Math.min(KEPT, 2 * classes.length));
      micros = Arrays.copyOf(micros, classes.length);
    }
    next = next == classes.length ? 0 : next;
    classes[next] = (byte) Math.clamp(status / 100, 0, 5);
    micros[next] = (int) Math.min(Integer.MAX_VALUE, took.toNanos() / 1_000);
    next++;
    count = Math.max(count, next);
  }

  /// Returns how many of the last requests had which class of status.
  Map<String, Integer> byClass() {
    var found = new LinkedHashMap<String, Integer>();
    for (String name : new String[] {"2xx", "3xx", "4xx", "5xx", "none"}) {
      found.put(name, 0);
    }
    for (int index = 0; index < count; index++) {
      found.merge(CLASSES[classes[index]], 1, Integer::sum);
    }
    return found;
  }

  Optional<Latency> latency() {
    if (count == 0) {
      return Optional.empty();
    }
    int[] sorted = Arrays.copyOf(micros, count);
    Arrays.sort(sorted);
    return Optional.of(new Latency(at(sorted, 0.5), at(sorted, 0.99)));
  }

  private static Duration at(int[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length) - 1;
    return Duration.ofNanos(1_000L * sorted[Math.max(0, rank)]);
  }
}

package dev.sluice.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Checks what handlers wrote down against the order in which producers sent: each producer sends
/// events with ids such as `KEY-0`, `KEY-1`, each after the one before was acknowledged.
/// Inversions, gaps and overlaps must be 0.
///
/// @param events whose attempts began
/// @param attempts begun by handlers
/// @param outlived attempts that began when a further attempt of their event had begun: a frozen
///   node lost their leases after it had checked them, and went on when it was thawed. Another node
///   has repeated the event in order, and no one promises that such an attempt does not run
/// @param inversions other attempts that began after one of a later event of the same key
/// @param gaps events that were passed over
/// @param overlaps attempts that began before any of the event before had ended
record OrderVerdict(
    long events, long attempts, long outlived, long inversions, long gaps, long overlaps) {

  /// Reads a journal.
  static OrderVerdict of(Path journal) throws IOException {
    return of(Files.readAllLines(journal));
  }

  /// @param lines such as `begin KEY-7 1 SUBSCRIPTION`, in the order in which they were written
  static OrderVerdict of(List<String> lines) {
    var reader = new Reader();
    lines.forEach(reader::read);
    return new OrderVerdict(
        reader.begun.size(),
        reader.attempts,
        reader.outlived,
        reader.inversions,
        reader.gaps,
        reader.overlaps);
  }

  /// Whether no promise was broken.
  boolean isClean() {
    return inversions + gaps + overlaps == 0;
  }

  private static final class Reader {
    private final Map<String, Integer> current = new HashMap<>();

    /// The highest attempt of each event.
    private final Map<String, Integer> begun = new HashMap<>();

    private final Set<String> ended = new HashSet<>();
    private long attempts;
    private long outlived;
    private long inversions;
    private long gaps;
    private long overlaps;

    void read(String line) {
      String[] parts = line.split(" ", -1);
      if (parts[0].equals("end")) {
        ended.add(parts[1]);
      } else {
        attempts++;
        int attempt = Integer.parseInt(parts[2]);
        if (begun.merge(parts[1], attempt, Math::max) > attempt) {
          outlived++;
        } else {
          begin(parts[1]);
        }
      }
    }

    private void begin(String event) {
      int dash = event.lastIndexOf('-');
      String key = event.substring(0, dash);
      int number = Integer.parseInt(event.substring(dash + 1));
      int before = current.getOrDefault(key, -1);
      if (number < before) {
        inversions++;
        return;
      }
      if (number > before) {
        gaps += number - before - 1;
        overlaps += before >= 0 && !ended.contains(key + "-" + before) ? 1 : 0;
        current.put(key, number);
      }
    }
  }
}

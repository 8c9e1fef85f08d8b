package dev.sluice.domain.figures;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The lines of a [FiguresCodec] text: a word that names the content, then columns.
final class FigureLines {

  /// Digits and letters: a third shorter than decimal.
  private static final int RADIX = 36;

  private final StringBuilder text;

  FigureLines(String version) {
    text = new StringBuilder(version).append('\n');
  }

  void add(String word, String... columns) {
    text.append(word);
    for (String column : columns) {
      text.append('\t').append(column);
    }
    text.append('\n');
  }

  void add(String word, Totals totals) {
    if (!totals.equals(Totals.NONE)) {
      add(word, "", totals);
    }
  }

  void add(String word, Breakdown breakdown) {
    breakdown.totals().forEach((name, totals) -> add(word, name, totals));
  }

  private void add(String word, String name, Totals totals) {
    add(
        word,
        name,
        Long.toString(totals.accepted(), RADIX),
        Long.toString(totals.completed(), RADIX),
        Long.toString(totals.failed(), RADIX),
        Long.toString(totals.retried(), RADIX));
  }

  void add(String word, Rates rates) {
    add(
        word,
        rates.name(),
        Double.toString(rates.accepted()),
        Double.toString(rates.completed()),
        Double.toString(rates.failed()),
        Double.toString(rates.retried()));
  }

  /// Writes each bucket as its distance from the previous one, because most are neighbours.
  void add(String word, LatencyHistogram latencyHistogram) {
    if (latencyHistogram.isEmpty()) {
      return;
    }
    var columns = new ArrayList<String>();
    int last = 0;
    for (Map.Entry<Integer, Long> count : latencyHistogram.counts().entrySet()) {
      columns.add(
          Integer.toString(count.getKey() - last, RADIX)
              + ':'
              + Long.toString(count.getValue(), RADIX));
      last = count.getKey();
    }
    add(word, columns.toArray(String[]::new));
  }

  @Override
  public String toString() {
    return text.toString();
  }

  /// Returns the version of a text and its lines; empty when it has no line.
  static Optional<Map.Entry<String, Known>> read(String text) {
    int end = text.indexOf('\n');
    if (end < 0) {
      return Optional.empty();
    }
    Map<String, List<List<String>>> lines = new HashMap<>();
    text.substring(end + 1)
        .lines()
        .forEach(
            line -> {
              List<String> columns = List.of(line.split("\t", -1));
              lines
                  .computeIfAbsent(columns.getFirst(), _ -> new ArrayList<>())
                  .add(columns.subList(1, columns.size()));
            });
    return Optional.of(Map.entry(text.substring(0, end), new Known(lines)));
  }

  static Rates rates(List<String> columns) {
    return new Rates(
        columns.get(0),
        Double.parseDouble(columns.get(1)),
        Double.parseDouble(columns.get(2)),
        Double.parseDouble(columns.get(3)),
        Double.parseDouble(columns.get(4)));
  }

  private static Totals totalsOf(List<String> columns) {
    return new Totals(
        Long.parseLong(columns.get(1), RADIX),
        Long.parseLong(columns.get(2), RADIX),
        Long.parseLong(columns.get(3), RADIX),
        Long.parseLong(columns.get(4), RADIX));
  }

  /// The lines that were read, by their words. Its methods throw [IllegalArgumentException] or
  /// [IndexOutOfBoundsException] when a line is malformed.
  record Known(Map<String, List<List<String>>> lines) {

    List<List<String>> all(String word) {
      return lines.getOrDefault(word, List.of());
    }

    List<String> one(String word) {
      List<List<String>> found = all(word);
      if (found.isEmpty()) {
        throw new IllegalArgumentException("no line for " + word);
      }
      return found.getFirst();
    }

    Totals totals(String word) {
      return all(word).isEmpty() ? Totals.NONE : totalsOf(one(word));
    }

    Breakdown breakdown(String word) {
      var totals = new TreeMap<String, Totals>();
      all(word).forEach(columns -> totals.put(columns.getFirst(), totalsOf(columns)));
      return new Breakdown(totals);
    }

    LatencyHistogram latencies(String word) {
      var counts = new TreeMap<Integer, Long>();
      int bucket = 0;
      for (String column : all(word).isEmpty() ? List.<String>of() : one(word)) {
        int colon = column.indexOf(':');
        bucket += Integer.parseInt(column, 0, Math.max(0, colon), RADIX);
        counts.put(bucket, Long.parseLong(column, colon + 1, column.length(), RADIX));
      }
      return new LatencyHistogram(counts);
    }
  }
}

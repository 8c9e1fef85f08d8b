package dev.sluice.application.operate;

import dev.sluice.domain.port.SeriesStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Computes series from the history. A result is kept for a second, so that many viewers of the
/// same chart cost the storage no more than one.
final class SeriesReader {

  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final int MAX_KEPT = 32;

  /// A node reports a slice when it is over, ten seconds after its start, or a little later.
  private static final Duration NOBODY_TOLD_YET = Duration.ofSeconds(15);

  private final SeriesStore store;
  private final InstantSource clock;

  /// Guarded by its own monitor; oldest result first.
  private final Map<Question, Answer> kept = new LinkedHashMap<>();

  SeriesReader(SeriesStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  private record Question(SeriesRange range, SeriesScope scope) {}

  private record Answer(Series series, Instant at) {}

  Series read(SeriesRange range, SeriesScope scope) {
    var question = new Question(range, scope);
    Instant now = clock.instant();
    Series known = fresh(question, now);
    if (known != null) {
      return known;
    }
    Series series = ask(question, now);
    synchronized (kept) {
      kept.remove(question);
      kept.put(question, new Answer(series, now));
      if (kept.size() > MAX_KEPT) {
        kept.remove(kept.keySet().iterator().next());
      }
    }
    return series;
  }

  private @Nullable Series fresh(Question question, Instant now) {
    synchronized (kept) {
      Answer answer = kept.get(question);
      return answer != null && Duration.between(answer.at(), now).abs().compareTo(FRESH) < 0
          ? answer.series()
          : null;
    }
  }

  private Series ask(Question question, Instant now) {
    SeriesRange range = question.range();
    List<PointSum> sums =
        IntStream.range(0, range.points())
            .mapToObj(index -> new PointSum(range.from().plus(range.step().multipliedBy(index))))
            .toList();
    store.read(
        range.tier(),
        range.from(),
        range.to(),
        slice -> {
          Duration into = Duration.between(range.from(), slice.key().start());
          PointSum sum = sums.get((int) into.dividedBy(range.step()));
          sum.add(slice, question.scope());
        });
    return series(range, sums, now);
  }

  private static Series series(SeriesRange range, List<PointSum> sums, Instant now) {
    int count = sums.size();
    while (count > 0 && isTooEarly(sums.get(count - 1), now)) {
      count--;
    }
    List<PointSum> known = sums.subList(0, count);
    return new Series(
        range.from(),
        range.from().plus(range.step().multipliedBy(count)),
        range.step(),
        known.stream().map(sum -> sum.point(range.step(), now)).toList(),
        known.stream().anyMatch(PointSum::isAmongOthers));
  }

  private static boolean isTooEarly(PointSum sum, Instant now) {
    return sum.isEmpty() && sum.at().isAfter(now.minus(NOBODY_TOLD_YET));
  }
}

package dev.sluice.adapter.broker.codec;

import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.WorkerId;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// Encodes ended attempts as lines: number, worker, start, end, outcome, and the failure's fields.
public final class AttemptCodec {

  private static final int BEFORE_CAUSE = 5;
  private static final String SUCCEEDED = "S";
  private static final String HANDED_BACK = "H";
  private static final String FAILED = "F";

  private AttemptCodec() {}

  /// Returns the line of a failed attempt.
  public static String failed(
      int number, WorkerId worker, Instant from, Instant to, FailureCause cause) {
    return start(number, worker, from, to) + FAILED + "\t" + FailureCauseCodec.encode(cause);
  }

  /// Returns the line of an attempt that was handed back.
  public static String handedBack(int number, WorkerId worker, Instant from, Instant to) {
    return start(number, worker, from, to) + HANDED_BACK + "\t";
  }

  /// Returns the line of an attempt that succeeded.
  public static String succeeded(int number, WorkerId worker, Instant from, Instant to) {
    return start(number, worker, from, to) + SUCCEEDED + "\t";
  }

  private static String start(int number, WorkerId worker, Instant from, Instant to) {
    return Fields.join(
            List.of(Integer.toString(number), worker.value(), Micros.text(from), Micros.text(to)))
        + "\t";
  }

  /// Decodes lines. Only a line feed ends a line: older texts may contain unescaped carriage
  /// returns.
  public static List<Attempt> decode(String lines) {
    return lines.isEmpty()
        ? List.of()
        : Stream.of(lines.split("\n", -1)).map(AttemptCodec::readOne).toList();
  }

  private static Attempt readOne(String line) {
    List<String> fields = Fields.split(line);
    Instant end = Micros.toInstant(fields.get(3));
    Attempt.End ending =
        switch (fields.get(4)) {
          case SUCCEEDED -> new Attempt.Succeeded(end);
          case HANDED_BACK -> new Attempt.HandedBack(end);
          case FAILED -> new Attempt.FailedWith(end, cause(fields));
          default -> throw new IllegalArgumentException("unknown outcome letter " + fields.get(4));
        };
    return new Attempt(
        Integer.parseInt(fields.get(0)),
        new WorkerId(fields.get(1)),
        Micros.toInstant(fields.get(2)),
        ending);
  }

  private static FailureCause cause(List<String> fields) {
    return new FailureCause(
        FailureCause.Kind.valueOf(fields.get(BEFORE_CAUSE)),
        fields.get(BEFORE_CAUSE + 1),
        fields.get(BEFORE_CAUSE + 2));
  }
}

package dev.sluice.adapter.broker.codec;

import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.WorkerId;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// Encodes ended attempts as lines: number, worker, start, end, outcome, the failure's fields or an
/// empty one, and the version of the subscription, which is missing in lines of earlier releases.
public final class AttemptCodec {

  private static final int BEFORE_CAUSE = 5;
  private static final int FIELDS_OF_CAUSE = 3;
  private static final String SUCCEEDED = "S";
  private static final String HANDED_BACK = "H";
  private static final String FAILED = "F";

  private AttemptCodec() {}

  /// Returns the line of an ended attempt.
  ///
  /// @throws IllegalArgumentException when it is still in progress
  public static String encode(Attempt attempt) {
    return switch (attempt.end()) {
      case Attempt.Succeeded(Instant at) -> line(attempt, at, SUCCEEDED, "");
      case Attempt.HandedBack(Instant at) -> line(attempt, at, HANDED_BACK, "");
      case Attempt.FailedWith(Instant at, FailureCause cause) ->
          line(attempt, at, FAILED, FailureCauseCodec.encode(cause));
      case Attempt.StillRunning _ ->
          throw new IllegalArgumentException("the attempt has not ended: " + attempt);
    };
  }

  private static String line(Attempt attempt, Instant end, String outcome, String cause) {
    String start =
        Fields.join(
            List.of(
                Integer.toString(attempt.number()),
                attempt.worker().value(),
                Micros.text(attempt.startedAt()),
                Micros.text(end),
                outcome));
    long version = attempt.subscriptionVersion();
    return start + "\t" + cause + (version == 0 ? "" : "\t" + version);
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
    int causes = ending instanceof Attempt.FailedWith ? FIELDS_OF_CAUSE : 1;
    return new Attempt(
        Integer.parseInt(fields.get(0)),
        new WorkerId(fields.get(1)),
        Micros.toInstant(fields.get(2)),
        ending,
        version(fields, BEFORE_CAUSE + causes));
  }

  private static FailureCause cause(List<String> fields) {
    return new FailureCause(
        FailureCause.Kind.valueOf(fields.get(BEFORE_CAUSE)),
        fields.get(BEFORE_CAUSE + 1),
        fields.get(BEFORE_CAUSE + 2));
  }

  private static long version(List<String> fields, int index) {
    return fields.size() > index ? Long.parseLong(fields.get(index)) : 0;
  }
}

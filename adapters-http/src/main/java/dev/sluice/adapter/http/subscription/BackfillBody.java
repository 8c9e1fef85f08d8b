package dev.sluice.adapter.http.subscription;

import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.ProblemException;
import dev.sluice.adapter.http.Problems;
import dev.sluice.application.operate.BackfillOperations;
import dev.sluice.domain.subscription.EventPattern;
import dev.sluice.format.FieldProblem;
import dev.sluice.format.JsonCursor;
import dev.sluice.format.MalformedJsonException;
import dev.sluice.format.PatternReader;
import dev.sluice.format.ReadFilter;
import dev.sluice.format.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the body of a request for a back-fill. Used by one thread.
final class BackfillBody {

  private final JsonCursor json;
  private final List<FieldProblem> problems = new ArrayList<>();
  private Instant since = Instant.MIN;
  private Instant until = Instant.MAX;
  private Optional<EventPattern> filter = Optional.empty();

  private BackfillBody(JsonCursor json) {
    this.json = json;
  }

  /// Returns the request in a body.
  ///
  /// @throws ProblemException when it is not valid
  static BackfillOperations.Request read(byte[] body) {
    try {
      return new BackfillBody(JsonCursor.document(body)).read();
    } catch (MalformedJsonException e) {
      throw new ProblemException(Problems.malformed(e));
    }
  }

  private BackfillOperations.Request read() {
    Set<String> seen = new HashSet<>();
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (!seen.add(name)) {
        throw new MalformedJsonException(
            "the member " + Problems.shorten(name) + " is given twice");
      }
      readMember(name);
    }
    json.requireEnd();
    if (until.isBefore(since)) {
      problem("/until", "must not be before \"since\"");
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(
          Problem.of(
              ProblemCode.INVALID_FILTER,
              "Fix the fields listed in \"errors\" and resend. Nothing was planned.",
              problems));
    }
    return new BackfillOperations.Request(since, until, filter);
  }

  private void readMember(String name) {
    switch (name) {
      case "since" -> since = time("/since").orElse(since);
      case "until" -> until = time("/until").orElse(until);
      case "filter" -> readFilter();
      default -> {
        json.skip();
        problem("/" + Problems.shorten(name), "is unknown");
      }
    }
  }

  private Optional<Instant> time(String pointer) {
    Optional<Instant> time =
        switch (json.kind()) {
          case STRING -> Timestamps.parse(json.string());
          case NUMBER -> Timestamps.ofEpoch(json.raw());
          default -> {
            json.skip();
            yield Optional.empty();
          }
        };
    if (time.isEmpty()) {
      problem(pointer, "must be a time: RFC 3339, or seconds since 1970");
    }
    return time;
  }

  private void readFilter() {
    boolean isObject = json.kind() == JsonCursor.Kind.OBJECT;
    String pattern = json.raw();
    if (!isObject) {
      problem("/filter", "must be an object");
    } else if (pattern.length() > EventPattern.MAX_LENGTH) {
      problem("/filter", "must have at most " + EventPattern.MAX_LENGTH + " characters");
    } else {
      filter = Optional.of(new EventPattern(pattern));
      if (PatternReader.read(pattern) instanceof ReadFilter.Invalid(List<FieldProblem> wrong)) {
        wrong.forEach(one -> problem("/filter" + one.name(), one.detail()));
      }
    }
  }

  private void problem(String pointer, String detail) {
    problems.add(new FieldProblem(pointer, detail));
  }
}

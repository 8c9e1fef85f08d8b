package dev.sluice.adapter.http.subscription;

import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.ProblemException;
import dev.sluice.adapter.http.Problems;
import dev.sluice.adapter.http.subscription.TestRequest.Sample;
import dev.sluice.application.intake.EventDraft;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.format.FieldProblem;
import dev.sluice.format.JsonCursor;
import dev.sluice.format.JsonEvents;
import dev.sluice.format.MalformedJsonException;
import dev.sluice.format.ReadEvent;
import dev.sluice.format.TraceContext;
import dev.sluice.format.subscription.ReadSubscription;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the body of a request to test a subscription; all of its problems are reported at once.
final class TestBody {

  private static final String EVENT = "/event";
  private static final String EVENT_ID = "/event_id";
  private static final String DEFINITION = "/definition";
  private static final String SEND = "/send";

  private final JsonCursor json;
  private final DefinitionBody definitions;
  private final int maxEventBytes;
  private final TraceContext trace;
  private final List<FieldProblem> problems = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private Optional<Sample> sample = Optional.empty();
  private Optional<SubscriptionDefinition> definition = Optional.empty();
  private boolean isSent;

  private TestBody(
      JsonCursor json, DefinitionBody definitions, int maxEventBytes, TraceContext trace) {
    this.json = json;
    this.definitions = definitions;
    this.maxEventBytes = maxEventBytes;
    this.trace = trace;
  }

  /// Returns the request in a body.
  ///
  /// @param definitions reads a definition
  /// @param maxEventBytes longer events are refused, as they are when they are sent
  /// @param trace context for an event without one of its own
  /// @throws ProblemException when it is not valid
  static TestRequest read(
      byte[] body, DefinitionBody definitions, int maxEventBytes, TraceContext trace) {
    try {
      // An event may be nested as deeply here as it may be on its own.
      JsonCursor json = JsonCursor.list(body);
      if (json.kind() != JsonCursor.Kind.OBJECT) {
        throw new MalformedJsonException("expected a JSON object");
      }
      return new TestBody(json, definitions, maxEventBytes, trace).read();
    } catch (MalformedJsonException e) {
      throw new ProblemException(Problems.malformed(e));
    }
  }

  private TestRequest read() {
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      String pointer = JsonEvents.pointerTo(name);
      if (seen.add(pointer)) {
        readMember(pointer);
      } else {
        skip(pointer, "is given twice");
      }
    }
    json.requireEnd();
    if (seen.contains(EVENT) == seen.contains(EVENT_ID)) {
      problem(EVENT, "give either event or event_id");
    }
    if (!problems.isEmpty()) {
      throw invalid(problems);
    }
    return new TestRequest(sample.orElseThrow(), definition, isSent);
  }

  private void readMember(String pointer) {
    switch (pointer) {
      case EVENT -> readEvent();
      case EVENT_ID -> readId();
      case DEFINITION -> readDefinition();
      case SEND -> readSend();
      default -> skip(pointer, "is unknown");
    }
  }

  private void readEvent() {
    String text = json.raw();
    if (text.getBytes(StandardCharsets.UTF_8).length > maxEventBytes) {
      throw tooLarge(EVENT, maxEventBytes);
    }
    switch (SampleEvent.read(text, EVENT, trace)) {
      case ReadEvent.Valid(EventDraft draft) -> sample = Optional.of(new Sample.Draft(draft));
      case ReadEvent.Invalid(List<FieldProblem> found) -> problems.addAll(found);
    }
  }

  private void readId() {
    if (json.kind() != JsonCursor.Kind.STRING) {
      skip(EVENT_ID, "must be a string");
      return;
    }
    String id = json.string();
    EventId.problemWith(id)
        .ifPresentOrElse(
            why -> problem(EVENT_ID, why),
            () -> sample = Optional.of(new Sample.Stored(new EventId(id))));
  }

  private void readDefinition() {
    int start = json.position();
    ReadSubscription read = definitions.read(json, DEFINITION, problems);
    if (json.position() - start > DefinitionBody.MAX_BYTES) {
      throw tooLarge(DEFINITION, DefinitionBody.MAX_BYTES);
    }
    switch (read) {
      case ReadSubscription.Valid(SubscriptionDefinition valid) -> definition = Optional.of(valid);
      case ReadSubscription.Invalid(List<FieldProblem> found) -> problems.addAll(found);
    }
  }

  private void readSend() {
    switch (json.kind()) {
      case TRUE -> {
        json.skip();
        isSent = true;
      }
      case FALSE -> json.skip();
      case OBJECT, ARRAY, STRING, NUMBER, NULL -> skip(SEND, "must be true or false");
    }
  }

  private void skip(String pointer, String detail) {
    json.skip();
    problem(pointer, detail);
  }

  private void problem(String pointer, String detail) {
    problems.add(new FieldProblem(pointer, detail));
  }

  private static ProblemException invalid(List<FieldProblem> problems) {
    return new ProblemException(
        Problem.of(
            ProblemCode.INVALID_TEST,
            "Fix the fields listed in \"errors\" and resend. Nothing was sent or stored.",
            problems));
  }

  private static ProblemException tooLarge(String pointer, int most) {
    String rule = "must have at most " + most + " bytes";
    return new ProblemException(
        Problem.of(
            ProblemCode.PAYLOAD_TOO_LARGE,
            "Shorten the member listed in \"errors\". Nothing was sent or stored.",
            List.of(new FieldProblem(pointer, rule))));
  }
}

package dev.sluice.adapter.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.sluice.application.intake.EventDraft;
import dev.sluice.application.intake.IngestEvents;
import dev.sluice.application.intake.IngestResult;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.PortException;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// What became of each event of a batch. Results are written as they come, into a [Spool], so that
/// a batch of any length takes little memory.
final class BatchAnswer implements AutoCloseable {

  // Encoded once: they come with every event.
  private static final SerializedString INDEX = new SerializedString("index");
  private static final SerializedString EVENT_ID = new SerializedString("event_id");
  private static final SerializedString OUTCOME = new SerializedString("outcome");
  private static final SerializedString ACCEPTED = new SerializedString("accepted");
  private static final SerializedString DUPLICATE = new SerializedString("duplicate");
  private static final SerializedString REJECTED = new SerializedString("rejected");
  private static final Duration WAIT_FOR_STORE = Duration.ofSeconds(1);

  private final HttpMetrics metrics;
  private final Spool spool = new Spool();
  private final JsonGenerator results;
  private long index;
  private long accepted;
  private long duplicates;
  private long rejected;
  private boolean isComplete = true;
  private boolean mayBeEmpty;
  private Optional<Problem> refusal = Optional.empty();

  BatchAnswer(HttpMetrics metrics) throws IOException {
    this.metrics = metrics;
    this.results = Json.generator(spool);
    results.writeStartArray();
  }

  /// Takes the next events of the batch in.
  void take(List<ReadEvent> events, IngestEvents intake) throws IOException {
    List<EventDraft> drafts = new ArrayList<>(events.size());
    for (ReadEvent event : events) {
      if (event instanceof ReadEvent.Valid(EventDraft draft)) {
        drafts.add(draft);
      }
    }
    Iterator<IngestResult> ingested = ingest(drafts, intake).iterator();
    for (ReadEvent event : events) {
      switch (event) {
        case ReadEvent.NotAllowed(EventDraft draft) -> {
          metrics.rejected(1);
          reject(draft.id(), Problems.typeNotAllowed(draft.type()));
        }
        case ReadEvent.Invalid(List<FieldProblem> problems) -> {
          metrics.rejected(1);
          reject(Optional.empty(), Problems.invalidEvent(problems));
        }
        case ReadEvent.Valid(EventDraft draft) -> {
          if (ingested.hasNext()) {
            write(draft, ingested.next());
          } else {
            refuse(draft.id(), storeUnavailable());
          }
        }
      }
    }
  }

  /// Stores the drafts.
  ///
  /// @return no results at all when it is unknown what was stored
  private static List<IngestResult> ingest(List<EventDraft> drafts, IngestEvents intake) {
    try {
      return intake.ingest(drafts);
    } catch (PortException e) {
      return List.of();
    }
  }

  private void write(EventDraft draft, IngestResult result) throws IOException {
    switch (result) {
      case IngestResult.Accepted(EventSummary event) -> {
        accepted++;
        writeOutcome(Optional.of(event.event().id()), ACCEPTED);
        results.writeEndObject();
      }
      case IngestResult.Duplicate(EventSummary existing) -> {
        duplicates++;
        metrics.duplicate();
        writeOutcome(Optional.of(existing.event().id()), DUPLICATE);
        results.writeEndObject();
      }
      case IngestResult.Conflict(EventSummary existing) -> {
        metrics.conflict();
        reject(Optional.of(existing.event().id()), Problems.conflict(existing));
      }
      case IngestResult.Refused refused -> {
        metrics.shed(1);
        refuse(draft.id(), Problems.refused(refused));
      }
    }
  }

  private void refuse(Optional<EventId> id, Problem problem) throws IOException {
    refusal = Optional.of(problem);
    reject(id, problem);
  }

  private void reject(Optional<EventId> id, Problem problem) throws IOException {
    rejected++;
    writeOutcome(id, REJECTED);
    results.writeObjectFieldStart("problem");
    ProblemWriter.writeMembers(results, problem);
    results.writeEndObject();
    results.writeEndObject();
  }

  private void writeOutcome(Optional<EventId> id, SerializedString outcome) throws IOException {
    results.writeStartObject();
    results.writeFieldName(INDEX);
    results.writeNumber(index++);
    if (id.isPresent()) {
      results.writeFieldName(EVENT_ID);
      results.writeString(id.get().value());
    }
    results.writeFieldName(OUTCOME);
    results.writeString(outcome);
  }

  /// Whether events are being turned away, so that reading on would only turn more away.
  boolean isRefusing() {
    return refusal.isPresent();
  }

  /// A batch without events is answered with 202 and no results.
  void mayBeEmpty() {
    mayBeEmpty = true;
  }

  /// What follows in the batch was not looked at.
  void cutShort() {
    isComplete = false;
  }

  /// Answers: 202 when anything is stored or was stored before, else what stood in the way.
  void send(Exchange exchange) throws IOException {
    results.writeEndArray();
    results.close();
    if (accepted + duplicates > 0 || (index == 0 && mayBeEmpty)) {
      write(exchange.stream(202, Exchange.JSON), Optional.empty(), exchange);
      return;
    }
    Problem problem = refusal.orElseGet(this::nothingUsable);
    problem.headers().forEach((name, value) -> exchange.set(HeaderNames.create(name), value));
    write(exchange.stream(problem.status(), Exchange.PROBLEM_JSON), Optional.of(problem), exchange);
  }

  private Problem nothingUsable() {
    return Problem.of(
        ProblemCode.INVALID_BATCH,
        index == 0 ? "the batch is empty" : "no event of the batch was stored; results says why");
  }

  private static Problem storeUnavailable() {
    return Problem.later(
        ProblemCode.STORE_UNAVAILABLE,
        "the storage did not answer, so whether the event is stored is unknown: send it again with"
            + " the same id",
        WAIT_FOR_STORE);
  }

  private void write(OutputStream target, Optional<Problem> problem, Exchange exchange)
      throws IOException {
    try (target;
        JsonGenerator json = Json.generator(target)) {
      json.writeStartObject();
      if (problem.isPresent()) {
        ProblemWriter.writeMembers(json, problem.get());
        json.writeStringField("request_id", exchange.requestId());
      }
      json.writeNumberField("accepted", accepted);
      json.writeNumberField("duplicates", duplicates);
      json.writeNumberField("rejected", rejected);
      json.writeBooleanField("complete", isComplete);
      json.writeFieldName("results");
      // Tells the generator that a value follows, and makes it write the colon.
      json.writeRawValue("");
      json.flush();
      spool.copyTo(target);
      json.writeEndObject();
    }
  }

  @Override
  public void close() throws IOException {
    spool.close();
  }
}

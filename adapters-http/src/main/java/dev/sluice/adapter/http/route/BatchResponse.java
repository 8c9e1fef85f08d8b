package dev.sluice.adapter.http.route;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.sluice.adapter.http.Caller;
import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.HttpMetrics;
import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.ProblemWriter;
import dev.sluice.adapter.http.Problems;
import dev.sluice.application.intake.EventDraft;
import dev.sluice.application.intake.IngestEvents;
import dev.sluice.application.intake.IngestResult;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.port.ExistingEvent;
import dev.sluice.domain.port.PortException;
import dev.sluice.format.FieldProblem;
import dev.sluice.format.Json;
import dev.sluice.format.ReadEvent;
import dev.sluice.format.RoutedSubscriptions;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The response to a batch, with a result for each event. Results are written as they arrive, into
/// a [Spool], so that a batch of any length takes little memory.
final class BatchResponse implements AutoCloseable {

  /// Most rejected events with a result: the result of a line of two bytes takes hundreds of bytes.
  static final int MOST_REASONS = 1_000;

  /// A stream with this many invalid lines in a row is not NDJSON with events.
  static final int MOST_IN_A_ROW = 10_000;

  // Encoded once, because every result contains them.
  private static final SerializedString INDEX = new SerializedString("index");
  private static final SerializedString EVENT_ID = new SerializedString("event_id");
  private static final SerializedString OUTCOME = new SerializedString("outcome");
  private static final SerializedString ACCEPTED = new SerializedString("accepted");
  private static final SerializedString DUPLICATE = new SerializedString("duplicate");
  private static final SerializedString REJECTED = new SerializedString("rejected");

  private final HttpMetrics metrics;
  private final Caller caller;
  private final StoredBefore before;
  private final Spool spool;
  private final JsonGenerator results;
  private final RoutedSubscriptions routed = new RoutedSubscriptions();
  private long index;
  private long accepted;
  private long duplicates;
  private long rejected;
  private long refused;
  private long omitted;
  private int rejectedInARow;
  private boolean isCutShort;
  private boolean mayBeEmpty;
  private Optional<Problem> refusal = Optional.empty();

  /// The problem of an event that is worth resending, although later events are accepted now.
  private Optional<Problem> worthRepeating = Optional.empty();

  BatchResponse(HttpMetrics metrics, SpoolFolder folder, Caller caller) throws IOException {
    this.metrics = metrics;
    this.caller = caller;
    this.before = new StoredBefore(caller);
    this.spool = new Spool(folder);
    this.results = Json.generator(spool);
    results.writeStartArray();
  }

  /// Opens the response to a batch.
  interface Open {
    BatchResponse open(Caller caller) throws IOException;
  }

  /// Appends a list of events, group by group. After a group in which events were refused, the rest
  /// is refused without asking the storage again.
  void takeAll(List<ReadEvent> events, IngestEvents intake, IntakeGroups groups)
      throws IOException {
    int start = 0;
    while (start < events.size()) {
      int end = groups.endOf(events, start);
      take(events.subList(start, end), intake);
      start = end;
      if (start < events.size()) {
        groups.makeWay();
      }
    }
  }

  /// Appends the next events of the batch.
  void take(List<ReadEvent> events, IngestEvents intake) throws IOException {
    List<EventDraft> drafts = new ArrayList<>(events.size());
    for (ReadEvent event : events) {
      if (event instanceof ReadEvent.Valid(EventDraft draft)) {
        drafts.add(draft);
      }
    }
    Iterator<IngestResult> ingested =
        (refusal.isPresent() ? List.<IngestResult>of() : ingest(drafts, intake)).iterator();
    for (ReadEvent event : events) {
      switch (event) {
        case ReadEvent.Invalid(List<FieldProblem> problems) -> {
          metrics.rejected(1);
          reject(Optional.empty(), () -> Problems.invalidEvent(problems));
        }
        case ReadEvent.Valid(EventDraft draft) -> {
          if (ingested.hasNext()) {
            write(draft, ingested.next());
          } else if (!caller.types().allow(draft.type())) {
            write(draft, new IngestResult.NotAllowed(draft.type()));
          } else {
            refuseAll(draft.id(), refusal.orElseGet(Problems::storedUnknown));
          }
        }
      }
    }
  }

  /// Stores the drafts.
  ///
  /// @return an empty list when it is unknown what was stored
  private List<IngestResult> ingest(List<EventDraft> drafts, IngestEvents intake) {
    try {
      return intake.ingest(drafts, caller.types());
    } catch (PortException e) {
      return List.of();
    }
  }

  private void write(EventDraft draft, IngestResult result) throws IOException {
    switch (result) {
      case IngestResult.Accepted(EventSummary event) -> {
        accepted++;
        rejectedInARow = 0;
        writeOutcome(Optional.of(event.event().id()), ACCEPTED);
        routed.write(results, event.deliveries());
        results.writeEndObject();
      }
      case IngestResult.NotAllowed(EventType type) -> {
        metrics.rejected(1);
        reject(draft.id(), () -> Problems.typeNotAllowed(type));
      }
      case IngestResult.Duplicate(ExistingEvent existing) -> {
        metrics.duplicate();
        Optional<Problem> withheld = before.withheld(existing);
        if (withheld.isPresent()) {
          reject(Optional.of(existing.id()), withheld::get);
        } else {
          duplicates++;
          rejectedInARow = 0;
          writeOutcome(Optional.of(existing.id()), DUPLICATE);
          results.writeEndObject();
        }
      }
      case IngestResult.Conflict(ExistingEvent existing) -> {
        metrics.conflict();
        reject(Optional.of(existing.id()), () -> before.conflict(existing));
      }
      case IngestResult.Incomparable(ExistingEvent existing) -> {
        metrics.conflict();
        reject(Optional.of(existing.id()), () -> before.incomparable(existing));
      }
      case IngestResult.Refused later -> {
        metrics.shed(1);
        refuse(draft.id(), later);
      }
    }
  }

  private void refuse(Optional<EventId> id, IngestResult.Refused later) throws IOException {
    Problem problem = Problems.refused(later);
    if (later.isAboutThisEventAlone()) {
      worthRepeating = Optional.of(problem);
      writeRefused(id, problem);
    } else {
      refuseAll(id, problem);
    }
  }

  /// Refuses this event and all that follow until later.
  private void refuseAll(Optional<EventId> id, Problem problem) throws IOException {
    refusal = Optional.of(problem);
    writeRefused(id, problem);
  }

  /// Writes a result for every refused event, because the producer has to resend it.
  private void writeRefused(Optional<EventId> id, Problem problem) throws IOException {
    refused++;
    rejected++;
    writeRejected(id, problem);
  }

  private void reject(Optional<EventId> id, Supplier<Problem> problem) throws IOException {
    rejectedInARow++;
    if (rejected++ - refused < MOST_REASONS) {
      writeRejected(id, problem.get());
    } else {
      index++;
      omitted++;
    }
  }

  private void writeRejected(Optional<EventId> id, Problem problem) throws IOException {
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

  /// Whether to stop reading: events are refused, nothing valid arrives, or the results have
  /// reached their limit.
  boolean wantsNoMore() {
    return refusal.isPresent() || rejectedInARow >= MOST_IN_A_ROW || spool.isFull();
  }

  /// Responds to a batch without events with 202 and no results.
  void mayBeEmpty() {
    mayBeEmpty = true;
  }

  /// Marks the rest of the batch as not read.
  void cutShort() {
    isCutShort = true;
  }

  /// Marks the rest of the batch as refused for now.
  void stop(Problem problem) {
    refusal = Optional.of(problem);
    cutShort();
  }

  /// Sends the response: 202 when an event is stored, now or before; otherwise the problem.
  void send(Exchange exchange) throws IOException {
    results.writeEndArray();
    results.close();
    spool.finish();
    // A client that ignores the body learns from these headers that it has to resend.
    refusal.or(() -> worthRepeating).ifPresent(problem -> setHeaders(exchange, problem));
    if (accepted + duplicates > 0 || (index == 0 && mayBeEmpty)) {
      write(exchange.stream(202, Exchange.JSON, spool.size()), Optional.empty(), exchange);
      return;
    }
    Problem problem = refusal.or(() -> worthRepeating).orElseGet(this::nothingUsable);
    write(
        exchange.stream(problem.status(), Exchange.PROBLEM_JSON, spool.size()),
        Optional.of(problem),
        exchange);
  }

  private static void setHeaders(Exchange exchange, Problem problem) {
    problem.headers().forEach((name, value) -> exchange.set(HeaderNames.create(name), value));
  }

  /// Explains why some events have no result, or were not read.
  private Optional<String> explanation() {
    if (spool.isLost()) {
      return Optional.of(
          "The results could not be kept; the counts are correct. Resending the batch is safe if"
              + " its events have ids.");
    }
    if (rejectedInARow >= MOST_IN_A_ROW) {
      return Optional.of(
          "Fix the batch and resend the rest: "
              + MOST_IN_A_ROW
              + " events in a row were invalid, so the rest was not read.");
    }
    if (spool.isFull()) {
      return Optional.of(
          "Send the rest in another request: the results have reached the limit of one response.");
    }
    return omitted == 0
        ? Optional.empty()
        : Optional.of("Only the first " + MOST_REASONS + " rejected events have a result.");
  }

  private Problem nothingUsable() {
    return Problem.of(
        ProblemCode.INVALID_BATCH,
        index == 0
            ? "Send at least one event: the batch is empty."
            : "Fix the events listed in \"results\" and resend: none was stored."
                + explanation().map(why -> " " + why).orElse(""));
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
      writeCounts(json);
      if (problem.isEmpty() && explanation().isPresent()) {
        json.writeStringField("detail", explanation().get());
      }
      json.writeFieldName("results");
      // Makes the generator write the colon and expect a comma next.
      json.writeRawValue("");
      json.flush();
      if (spool.isLost()) {
        json.writeRaw("[]");
      } else {
        spool.copyTo(target);
      }
      json.writeEndObject();
    }
  }

  private void writeCounts(JsonGenerator json) throws IOException {
    json.writeNumberField("accepted", accepted);
    json.writeNumberField("duplicates", duplicates);
    json.writeNumberField("rejected", rejected);
    json.writeNumberField("refused", refused);
    json.writeBooleanField("complete", !isCutShort && refused == 0);
    long missing = spool.isLost() ? index : omitted;
    if (missing > 0) {
      json.writeNumberField("results_omitted", missing);
    }
  }

  @Override
  public void close() {
    spool.close();
  }
}

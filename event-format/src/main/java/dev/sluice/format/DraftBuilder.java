package dev.sluice.format;

import dev.sluice.application.intake.EventDraft;
import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.Payload;
import dev.sluice.domain.event.Priority;
import dev.sluice.domain.text.DurationCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Collects the parts of one event and all problems with them. Used by one thread for one event.
public final class DraftBuilder {

  private static final int MAX_PROBLEMS = 20;
  private static final String TIME_RULE =
      "must be a time: RFC 3339 such as 2026-01-02T03:04:05Z, or seconds or milliseconds since"
          + " 1970";
  private static final String TWO_EXPIRIES = "use expires_at or expires_after, not both";
  private static final String TWO_SCHEDULES = "use deliver_at or delay, not both";
  private static final String DELAY_RULE =
      "must be a duration of at most 366d, such as \"250ms\", \"30s\" or \"12h\"";

  private final TraceContext trace;
  private @Nullable EventId id;
  private @Nullable EventType type;
  private @Nullable Instant occurredAt;
  private @Nullable Payload payload;
  private @Nullable Duration delay;
  private @Nullable Duration expiresAfter;
  private String expiryPointer = "";
  private @Nullable Map<String, String> attributes;
  private Set<String> unquoted = Set.of();
  private int attributeCharacters;
  private @Nullable List<FieldProblem> problems;
  private boolean hasPayload;

  /// @param trace context for an event without one of its own
  public DraftBuilder(TraceContext trace) {
    this.trace = trace;
  }

  void id(String pointer, String text) {
    Optional<String> problem = EventId.problemWith(text);
    if (problem.isPresent()) {
      problem(pointer, problem.get());
    } else {
      id = new EventId(text);
    }
  }

  void type(String pointer, String text) {
    Optional<String> problem = EventType.problemWith(text);
    if (type != null) {
      problem(pointer, "the event type is given twice: use event_type or type, not both");
    } else if (problem.isPresent()) {
      problem(pointer, problem.get());
    } else {
      type = EventTypes.of(text);
    }
  }

  void occurredAt(String pointer, Optional<Instant> time) {
    if (occurredAt != null) {
      problem(pointer, "the time is given twice: use occurred_at or timestamp, not both");
    } else if (time.isEmpty()) {
      problem(pointer, TIME_RULE);
    } else {
      occurredAt = time.get();
    }
  }

  /// Sets the time before which no delivery of the event begins; kept to the millisecond.
  void deliverAt(String pointer, Optional<Instant> time) {
    if (delay != null) {
      problem(pointer, TWO_SCHEDULES);
    } else if (time.isEmpty()) {
      problem(pointer, TIME_RULE);
    } else {
      attribute(pointer, Attributes.DELIVER_AT, text(time.get()));
    }
  }

  /// Sets the time after which no attempt of the event begins; kept to the millisecond.
  void expiresAt(String pointer, Optional<Instant> time) {
    if (expiresAfter != null) {
      problem(pointer, TWO_EXPIRIES);
    } else if (time.isEmpty()) {
      problem(pointer, TIME_RULE);
    } else {
      expiryPointer = pointer;
      attribute(pointer, Attributes.EXPIRES_AT, text(time.get()));
    }
  }

  private static String text(Instant time) {
    return Timestamps.format(Attributes.roundUp(time));
  }

  /// Sets how long deliveries may still begin after they are due.
  void expiresAfter(String pointer, String text) {
    Optional<Duration> duration = duration(text);
    if (attribute(Attributes.EXPIRES_AT).isPresent()) {
      problem(pointer, TWO_EXPIRIES);
    } else if (duration.isEmpty()) {
      problem(pointer, DELAY_RULE);
    } else {
      expiresAfter = duration.get();
    }
  }

  private static Optional<Duration> duration(String text) {
    return DurationCodec.decode(text).filter(one -> one.compareTo(EventDraft.MAX_DELAY) <= 0);
  }

  /// Sets how long after their receipt deliveries begin.
  void delay(String pointer, String text) {
    Optional<Duration> duration = duration(text);
    if (attribute(Attributes.DELIVER_AT).isPresent()) {
      problem(pointer, TWO_SCHEDULES);
    } else if (duration.isEmpty()) {
      problem(pointer, DELAY_RULE);
    } else {
      delay = duration.get();
    }
  }

  /// Sets how urgent the event is.
  void priority(String pointer, Optional<Priority> priority) {
    if (priority.isEmpty()) {
      problem(pointer, "must be an integer from 0 to 9; 9 is the most urgent, and 5 the default");
    } else if (!priority.get().isDefault()) {
      attribute(pointer, Attributes.PRIORITY, priority.get().toString());
    }
  }

  void attribute(String pointer, String name, String text) {
    Optional<String> problem = Attributes.problemWith(name, text);
    if (problem.isPresent()) {
      problem(pointer, problem.get());
      return;
    }
    attributeCharacters += Attributes.lengthOf(name, text);
    if (attributeCharacters > Attributes.MAX_CHARACTERS) {
      problem(
          pointer,
          "is too long: all attributes together must have at most "
              + Attributes.MAX_CHARACTERS
              + " characters");
      return;
    }
    putAttribute(name, text);
  }

  private void putAttribute(String name, String text) {
    if (attributes == null) {
      attributes = new HashMap<>();
    }
    attributes.put(name, text);
  }

  /// Adds an attribute whose value is an integer or a boolean.
  void unquotedAttribute(String pointer, String name, String text) {
    attribute(pointer, name, text);
    if (unquoted.isEmpty()) {
      unquoted = new HashSet<>();
    }
    unquoted.add(name);
  }

  /// Returns the value of an attribute, if the event has it.
  Optional<String> attribute(String name) {
    return attributes == null ? Optional.empty() : Optional.ofNullable(attributes.get(name));
  }

  /// Sets the payload.
  ///
  /// @param json its text; null when it is unusable and the caller has already reported the problem
  void payload(@Nullable String json) {
    hasPayload = true;
    payload = json == null ? null : new Payload(json);
  }

  void problem(String pointer, String detail) {
    if (problems == null) {
      problems = new ArrayList<>();
    }
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(new FieldProblem(pointer, detail));
    }
  }

  boolean hasPayload() {
    return hasPayload;
  }

  private void requireTimeToBegin() {
    Optional<Instant> begin = attribute(Attributes.DELIVER_AT).map(Instant::parse);
    Optional<Instant> end = attribute(Attributes.EXPIRES_AT).map(Instant::parse);
    if (begin.isPresent() && end.filter(time -> !time.isAfter(begin.get())).isPresent()) {
      problem(expiryPointer, "must be later than deliver_at: no delivery could begin");
    }
  }

  /// Returns the event, or all problems with it.
  ///
  /// @param pointer the place of the payload
  public ReadEvent build(String pointer) {
    if (!hasPayload) {
      problem(pointer, "is required: any JSON value");
    }
    requireTimeToBegin();
    Payload content = payload;
    if (problems != null || content == null) {
      return new ReadEvent.Invalid(problems == null ? List.of() : List.copyOf(problems));
    }
    return new ReadEvent.Valid(
        new EventDraft(
            Optional.ofNullable(id),
            type == null ? EventType.DEFAULT : type,
            Optional.ofNullable(occurredAt),
            content,
            trace.fill(attributes, unquoted),
            Optional.ofNullable(delay),
            Optional.ofNullable(expiresAfter)));
  }
}

package dev.sluice.format;

import dev.sluice.application.intake.EventDraft;
import dev.sluice.application.intake.IngestEvents;
import dev.sluice.application.intake.IngestResult;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.port.ExistingEvent;
import dev.sluice.domain.port.MessageIntake;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Accepts foreign messages, which are read by the same rules as the requests of producers.
///
/// @param intake accepts their events
/// @param mostBytes maximum size of a message; larger ones are rejected
public record FormattedMessages(IngestEvents intake, int mostBytes) implements MessageIntake {

  private static final System.Logger LOG = System.getLogger(FormattedMessages.class.getName());

  @Override
  public List<Result> take(List<Message> messages) {
    var results = new ArrayList<Result>(messages.size());
    var drafts = new ArrayList<EventDraft>();
    var places = new ArrayList<Integer>();
    for (Message message : messages) {
      switch (read(message)) {
        case ReadEvent.Valid(EventDraft draft) -> {
          places.add(results.size());
          drafts.add(named(draft, message.id()));
          results.add(new Result.Later());
        }
        case ReadEvent.Invalid(List<FieldProblem> problems) ->
            results.add(new Result.Refused(describe(problems)));
      }
    }
    List<IngestResult> ingested = drafts.isEmpty() ? List.of() : intake.ingest(drafts);
    for (int index = 0; index < ingested.size(); index++) {
      results.set(places.get(index), result(ingested.get(index)));
    }
    return results;
  }

  private ReadEvent read(Message message) {
    if (message.body().length > mostBytes) {
      return invalid("the message must have at most " + mostBytes + " bytes");
    }
    try {
      return MessageReader.read(message);
    } catch (MalformedJsonException e) {
      return invalid(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // A bug that one message triggers: if it were thrown, it would block all other messages
      // forever.
      LOG.log(Level.ERROR, "a foreign message cannot be read", e);
      return invalid("it cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private static ReadEvent invalid(String detail) {
    return new ReadEvent.Invalid(List.of(new FieldProblem("", detail)));
  }

  private static EventDraft named(EventDraft draft, Optional<String> id) {
    Optional<EventId> known =
        id.filter(text -> EventId.problemWith(text).isEmpty()).map(EventId::new);
    return draft.withId(draft.id().or(() -> known));
  }

  private static String describe(List<FieldProblem> problems) {
    return problems.stream()
        .map(
            problem ->
                problem.name().isEmpty()
                    ? problem.detail()
                    : problem.name() + " " + problem.detail())
        .collect(Collectors.joining("; "));
  }

  private static Result result(IngestResult result) {
    return switch (result) {
      case IngestResult.Accepted _, IngestResult.Duplicate _ -> new Result.Taken();
      case IngestResult.Conflict(ExistingEvent existing) ->
          new Result.Refused(
              "an event with the id " + existing.id() + " and other content is already stored");
      case IngestResult.Incomparable(ExistingEvent existing) ->
          new Result.Refused(
              "an event with the id "
                  + existing.id()
                  + " is already stored, but damaged, so that they cannot be compared");
      case IngestResult.NotAllowed(EventType type) ->
          new Result.Refused("type " + type + " is not allowed");
      case IngestResult.Refused _ -> new Result.Later();
    };
  }
}

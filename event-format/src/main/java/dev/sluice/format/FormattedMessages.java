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

/// Takes messages of other programs in, read by the same rules as what producers send.
///
/// @param intake takes their events
/// @param mostBytes larger messages are refused
public record FormattedMessages(IngestEvents intake, int mostBytes) implements MessageIntake {

  private static final System.Logger LOG = System.getLogger(FormattedMessages.class.getName());

  @Override
  public List<Fate> take(List<Message> messages) {
    var fates = new ArrayList<Fate>(messages.size());
    var drafts = new ArrayList<EventDraft>();
    var places = new ArrayList<Integer>();
    for (Message message : messages) {
      switch (read(message)) {
        case ReadEvent.Valid(EventDraft draft) -> {
          places.add(fates.size());
          drafts.add(named(draft, message.id()));
          fates.add(new Fate.Later());
        }
        case ReadEvent.Invalid(List<FieldProblem> problems) ->
            fates.add(new Fate.Refused(describe(problems)));
      }
    }
    List<IngestResult> results = drafts.isEmpty() ? List.of() : intake.ingest(drafts);
    for (int index = 0; index < results.size(); index++) {
      fates.set(places.get(index), fate(results.get(index)));
    }
    return fates;
  }

  private ReadEvent read(Message message) {
    if (message.body().length > mostBytes) {
      return invalid("the message has more than " + mostBytes + " bytes");
    }
    try {
      return MessageReader.read(message);
    } catch (MalformedJsonException e) {
      return invalid(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // A fault of ours that one message found: left to go up, it would hold up all others for
      // good.
      LOG.log(Level.ERROR, "a message of another program cannot be read", e);
      return invalid("it cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private static ReadEvent invalid(String detail) {
    return new ReadEvent.Invalid(List.of(new FieldProblem("", detail)));
  }

  private static EventDraft named(EventDraft draft, Optional<String> id) {
    Optional<EventId> known =
        id.filter(text -> EventId.problemWith(text).isEmpty()).map(EventId::new);
    return new EventDraft(
        draft.id().or(() -> known),
        draft.type(),
        draft.occurredAt(),
        draft.payload(),
        draft.attributes());
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

  private static Fate fate(IngestResult result) {
    return switch (result) {
      case IngestResult.Accepted _, IngestResult.Duplicate _ -> new Fate.Taken();
      case IngestResult.Conflict(ExistingEvent existing) ->
          new Fate.Refused(
              "an event with the id " + existing.id() + " and other content is stored");
      case IngestResult.Incomparable(ExistingEvent existing) ->
          new Fate.Refused(
              "an event with the id " + existing.id() + " is stored, but damaged: cannot compare");
      case IngestResult.NotAllowed(EventType type) ->
          new Fate.Refused("type " + type + " is not allowed");
      case IngestResult.Refused _ -> new Fate.Later();
    };
  }
}

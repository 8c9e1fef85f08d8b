package dev.sluice.format.schedule;

import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.Payload;
import dev.sluice.domain.event.Priority;
import dev.sluice.domain.schedule.EventTemplate;
import dev.sluice.format.JsonCursor;
import dev.sluice.format.subscription.MemberReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Reads the template of the events of a schedule. Used by one thread for one template.
final class TemplateReader {

  private final JsonCursor json;
  private final MemberReader members;
  private final Map<String, String> attributes = new HashMap<>();
  private Optional<EventType> type = Optional.empty();
  private Optional<Payload> payload = Optional.empty();
  private int attributeCharacters;

  TemplateReader(JsonCursor json, MemberReader members) {
    this.json = json;
    this.members = members;
  }

  /// Reads the next value.
  void read(String pointer) {
    Map<String, MemberReader.Member> readers =
        Map.of(
            ScheduleFormat.EVENT_TYPE, this::readType,
            ScheduleFormat.PAYLOAD, _ -> payload = Optional.of(new Payload(json.raw())),
            Attributes.SOURCE, place -> readAttribute(Attributes.SOURCE, place),
            Attributes.SUBJECT, place -> readAttribute(Attributes.SUBJECT, place),
            Attributes.KEY, place -> readAttribute(Attributes.KEY, place),
            ScheduleFormat.PRIORITY, this::readPriority);
    if (!members.object(pointer, readers)) {
      return;
    }
    if (type.isEmpty()) {
      members.problem(pointer + "/" + ScheduleFormat.EVENT_TYPE, "is required: such as \"report\"");
    }
    if (payload.isEmpty()) {
      members.problem(pointer + "/" + ScheduleFormat.PAYLOAD, "is required: any JSON value");
    }
  }

  private void readType(String pointer) {
    Optional<String> text = members.string(pointer);
    text.flatMap(EventType::problemWith).ifPresent(problem -> members.problem(pointer, problem));
    type = text.filter(one -> EventType.problemWith(one).isEmpty()).map(EventType::new);
  }

  private void readPriority(String pointer) {
    members.integer(pointer, 0, Priority.MAX_LEVEL).map(Priority::new).ifPresent(this::priority);
  }

  private void priority(Priority priority) {
    if (!priority.isDefault()) {
      attributes.put(Attributes.PRIORITY, priority.toString());
    }
  }

  private void readAttribute(String name, String pointer) {
    Optional<String> text = members.string(pointer);
    if (text.isEmpty()) {
      return;
    }
    Optional<String> problem = Attributes.problemWith(name, text.get());
    attributeCharacters += Attributes.lengthOf(name, text.get());
    if (problem.isPresent()) {
      members.problem(pointer, problem.get());
    } else if (attributeCharacters > Attributes.MAX_CHARACTERS) {
      members.problem(
          pointer,
          "is too long: all attributes together must have at most "
              + Attributes.MAX_CHARACTERS
              + " characters");
    } else {
      attributes.put(name, text.get());
    }
  }

  /// Returns the template. Called only when there are no problems.
  EventTemplate template() {
    return new EventTemplate(type.orElseThrow(), payload.orElseThrow(), new Attributes(attributes));
  }
}

package dev.sluice.format.schedule;

import dev.sluice.domain.schedule.CatchUp;
import dev.sluice.domain.schedule.CronResult;
import dev.sluice.domain.schedule.ScheduleDefinition;
import dev.sluice.domain.text.NearestName;
import dev.sluice.format.JsonCursor;
import dev.sluice.format.ShownText;
import dev.sluice.format.subscription.MemberReader;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Reads the definition of a schedule from JSON. Used by one thread for one definition.
final class ScheduleReader {

  /// Maximum number of characters of a wrong value that a problem repeats.
  private static final int MAX_SHOWN = 40;

  private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

  private static final List<String> CATCH_UPS =
      Arrays.stream(CatchUp.values()).map(CatchUp::wireName).toList();

  private final JsonCursor json;
  private final MemberReader members;
  private final TemplateReader template;
  private Optional<String> cron = Optional.empty();
  private ZoneId zone = ZoneId.of("UTC");
  private CatchUp catchUp = CatchUp.LAST;
  private boolean isEnabled = true;
  private boolean hasCron;
  private boolean hasEvent;

  ScheduleReader(JsonCursor json) {
    this.json = json;
    this.members = new MemberReader(json);
    this.template = new TemplateReader(json, members);
  }

  /// Reads the next value.
  ///
  /// @param others reads members that are not part of a definition
  ReadSchedule read(Predicate<String> others) {
    Map<String, MemberReader.Member> readers =
        Map.of(
            ScheduleFormat.CRON, this::readCron,
            ScheduleFormat.TIME_ZONE, this::readZone,
            ScheduleFormat.CATCH_UP, this::readCatchUp,
            ScheduleFormat.ENABLED, this::readEnabled,
            ScheduleFormat.EVENT, this::readEvent);
    if (members.object("", readers, others)) {
      requireMembers();
    }
    return members.problems().isEmpty()
        ? new ReadSchedule.Valid(
            new ScheduleDefinition(
                cron.orElseThrow(), zone, template.template(), catchUp, isEnabled))
        : new ReadSchedule.Invalid(members.problems());
  }

  /// The expression is checked last, because its member may stand before that of its time zone.
  private void requireMembers() {
    if (!hasCron) {
      members.problem("/" + ScheduleFormat.CRON, "is required: such as \"30 2 * * MON-FRI\"");
    }
    if (!hasEvent) {
      members.problem(
          "/" + ScheduleFormat.EVENT, "is required: an object with event_type and payload");
    }
    if (cron.isPresent()
        && new UnixCronFormat().read(cron.get(), zone) instanceof CronResult.Invalid(var detail)) {
      members.problem("/" + ScheduleFormat.CRON, detail);
    }
  }

  private void readCron(String pointer) {
    hasCron = true;
    Optional<String> text = members.string(pointer);
    if (text.filter(one -> one.length() > ScheduleDefinition.MAX_CRON).isPresent()) {
      members.problem(pointer, "must have at most " + ScheduleDefinition.MAX_CRON + " characters");
    } else {
      cron = text;
    }
  }

  private void readZone(String pointer) {
    Optional<String> text = members.string(pointer);
    if (text.filter(ZONES::contains).isPresent()) {
      zone = ZoneId.of(text.get());
    } else if (text.isPresent()) {
      members.problem(
          pointer,
          "is not a time zone: "
              + NearestName.of(text.get(), ZONES)
                  .map(near -> "did you mean \"" + near + "\"?")
                  .orElse("use a name such as \"Europe/Berlin\" or \"UTC\""));
    }
  }

  private void readCatchUp(String pointer) {
    Optional<String> text = members.string(pointer);
    Optional<CatchUp> named = text.flatMap(CatchUp::named);
    named.ifPresent(one -> catchUp = one);
    if (text.isPresent() && named.isEmpty()) {
      members.problem(
          pointer,
          "is \""
              + ShownText.of(text.get(), MAX_SHOWN)
              + "\"; "
              + NearestName.of(text.get(), CATCH_UPS)
                  .map(near -> "did you mean \"" + near + "\"?")
                  .orElse("use none, last or all"));
    }
  }

  private void readEnabled(String pointer) {
    JsonCursor.Kind kind = json.kind();
    json.skip();
    if (kind == JsonCursor.Kind.TRUE || kind == JsonCursor.Kind.FALSE) {
      isEnabled = kind == JsonCursor.Kind.TRUE;
    } else {
      members.problem(pointer, "must be true or false");
    }
  }

  private void readEvent(String pointer) {
    hasEvent = true;
    template.read(pointer);
  }
}

package dev.sluice.admin.api;

import dev.sluice.admin.api.Exchange.Patience;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Requests about schedules of recurring events.
public final class ScheduleRequests {

  /// Maximum number of schedules that a service has.
  private static final int MOST = 1_000;

  private final Exchange exchange;

  ScheduleRequests(Exchange exchange) {
    this.exchange = exchange;
  }

  /// A schedule as the service shows it.
  ///
  /// @param catchUp which missed ticks still get their events: `none`, `last` or `all`
  /// @param enabled whether ticks get events
  /// @param lastTick the last tick that got its event
  /// @param nextTick the next tick; null when there is none
  /// @param nextTicks the next few, earliest first
  public record Schedule(
      String name,
      long version,
      String changedBy,
      Instant changedAt,
      String cron,
      String timeZone,
      String catchUp,
      boolean enabled,
      Template event,
      @Nullable Instant lastTick,
      @Nullable Instant nextTick,
      List<Instant> nextTicks) {

    public Schedule {
      Required.members(
          "schedule", name, changedBy, changedAt, cron, timeZone, catchUp, event, nextTicks);
      nextTicks = List.copyOf(nextTicks);
    }
  }

  /// What the events of a schedule have in common.
  public record Template(
      String eventType,
      JsonText payload,
      @Nullable String source,
      @Nullable String subject,
      @Nullable String key,
      @Nullable Integer priority) {

    public Template {
      Required.members("event", eventType, payload);
    }
  }

  /// A definition to store.
  ///
  /// @param priority as typed; empty for the default
  /// @param payload JSON value, as text
  public record Draft(
      String name,
      String cron,
      String timeZone,
      String catchUp,
      boolean enabled,
      String eventType,
      Optional<String> source,
      Optional<String> subject,
      Optional<String> key,
      Optional<Integer> priority,
      String payload) {

    /// Returns the definition of a stored schedule.
    public static Draft of(Schedule schedule) {
      Template event = schedule.event;
      return new Draft(
          schedule.name,
          schedule.cron,
          schedule.timeZone,
          schedule.catchUp,
          schedule.enabled,
          event.eventType,
          Optional.ofNullable(event.source),
          Optional.ofNullable(event.subject),
          Optional.ofNullable(event.key),
          Optional.ofNullable(event.priority),
          event.payload.text());
    }

    /// Returns the same definition, switched on or off.
    public Draft enabled(boolean isOn) {
      return new Draft(
          name, cron, timeZone, catchUp, isOn, eventType, source, subject, key, priority, payload);
    }

    private byte[] json() {
      Map<String, Object> event = new LinkedHashMap<>();
      event.put("event_type", eventType);
      event.put("payload", new com.fasterxml.jackson.databind.util.RawValue(payload));
      source.ifPresent(text -> event.put("source", text));
      subject.ifPresent(text -> event.put("subject", text));
      key.ifPresent(text -> event.put("key", text));
      priority.ifPresent(level -> event.put("priority", level));
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("cron", cron);
      members.put("time_zone", timeZone);
      members.put("catch_up", catchUp);
      members.put("enabled", enabled);
      members.put("event", event);
      return Json.write(members);
    }
  }

  /// How many deliveries become due in equal steps of time.
  ///
  /// @param from the start of the first step
  /// @param due the number in each step
  /// @param atLeast whether there may be more
  public record Due(Instant from, long stepSeconds, List<Integer> due, boolean atLeast) {

    public Due {
      Required.members("due", from, due);
      due = List.copyOf(due);
    }

    /// Returns the end of the last step.
    public Instant until() {
      return from.plusSeconds(stepSeconds * due.size());
    }

    /// Returns the number in all steps.
    public long sum() {
      return due.stream().mapToLong(Integer::longValue).sum();
    }
  }

  /// Returns what becomes due in the next hour.
  public Due due() {
    return exchange.get("/stats/due", Due.class);
  }

  private static String path(String name) {
    return "/schedules/" + SluiceClient.encode(name);
  }

  /// Returns all schedules in the order of their names.
  public List<Schedule> all() {
    List<Schedule> all = new ArrayList<>();
    Optional<String> after = Optional.of("");
    while (after.isPresent() && all.size() < MOST) {
      String from = after.get().isEmpty() ? "" : "?after=" + SluiceClient.encode(after.get());
      HttpResponse<byte[]> response = exchange.ask("/schedules" + from, Patience.LONG);
      all.addAll(Exchange.readList(response, Schedule.class));
      after = Links.after(response);
    }
    return List.copyOf(all);
  }

  /// Stores a schedule, if the replaced version is still the newest.
  ///
  /// @param before the version that it replaces; empty for a new schedule
  public Schedule store(Draft draft, Optional<Schedule> before) {
    Map<String, String> condition =
        before
            .map(ScheduleRequests::unchanged)
            .orElseGet(() -> Map.of(Exchange.IF_NONE_MATCH, "*"));
    Optional<byte[]> body = Optional.of(draft.json());
    return Exchange.read(
        exchange.send("PUT", path(draft.name), body, condition, Patience.USUAL), Schedule.class);
  }

  /// Deletes a schedule, if this is still its newest version. Its events stay.
  public void delete(Schedule version) {
    exchange.send(
        "DELETE", path(version.name), Optional.empty(), unchanged(version), Patience.USUAL);
  }

  private static Map<String, String> unchanged(Schedule version) {
    return Map.of(Exchange.IF_MATCH, "\"" + version.version + "\"");
  }
}

package dev.sluice.adapter.http.schedule;

import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.MediaTypes;
import dev.sluice.adapter.http.ProblemException;
import dev.sluice.adapter.http.QueryParameters;
import dev.sluice.adapter.http.RequestBodies;
import dev.sluice.adapter.http.subscription.Preconditions;
import dev.sluice.application.recurring.ManageSchedules;
import dev.sluice.application.recurring.ScheduleEdit;
import dev.sluice.domain.schedule.Schedule;
import dev.sluice.domain.schedule.ScheduleName;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/// `/schedules`: shows, creates, changes and deletes schedules.
public final class ScheduleRoutes {

  private static final String WHAT = "schedule";

  private final ManageSchedules schedules;
  private final RequestBodies bodies;
  private final ScheduleJson json;

  public ScheduleRoutes(ManageSchedules schedules, RequestBodies bodies) {
    this.schedules = schedules;
    this.bodies = bodies;
    this.json = new ScheduleJson(schedules);
  }

  /// `GET /schedules`
  public void list(Exchange exchange) {
    SchedulePage.of(exchange, schedules.all()).answer(exchange, json);
  }

  /// `GET /schedules/{name}`
  public void find(Exchange exchange) {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    Schedule found =
        schedules.find(nameOf(exchange)).orElseThrow(() -> notFound(exchange.pathParameter()));
    answer(exchange, 200, found);
  }

  private static ScheduleName nameOf(Exchange exchange) {
    return name(exchange.pathParameter()).orElseThrow(() -> notFound(exchange.pathParameter()));
  }

  private static ProblemException notFound(String name) {
    return new ProblemException(ScheduleProblems.notFound(name));
  }

  private static Optional<ScheduleName> name(String text) {
    try {
      return Optional.of(new ScheduleName(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void answer(Exchange exchange, int status, Schedule schedule) {
    exchange.set(HeaderNames.ETAG, Preconditions.tagOf(schedule.version()));
    exchange.json(status, json.of(schedule));
  }

  /// `PUT /schedules/{name}`
  public void put(Exchange exchange) throws IOException {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    ScheduleName name =
        name(exchange.pathParameter())
            .orElseThrow(() -> new ProblemException(ScheduleProblems.invalidName()));
    MediaTypes.requireJson(exchange);
    Expected expected = Preconditions.of(exchange, WHAT);
    bodies.read(
        exchange,
        _ -> ScheduleBody.MAX_BYTES,
        body ->
            answer(
                exchange,
                schedules.put(
                    name,
                    ScheduleBody.read(name, body.bytes()),
                    expected,
                    exchange.caller().owner())));
  }

  /// `DELETE /schedules/{name}`
  public void delete(Exchange exchange) {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    answer(exchange, schedules.delete(nameOf(exchange), Preconditions.of(exchange, WHAT)));
  }

  private void answer(Exchange exchange, ScheduleEdit edit) {
    switch (edit) {
      case ScheduleEdit.Done(Schedule schedule, boolean isNew) -> {
        exchange.audit().because("version " + schedule.version());
        answer(exchange, isNew ? 201 : 200, schedule);
      }
      case ScheduleEdit.Unchanged(Schedule schedule) -> answer(exchange, 200, schedule);
      case ScheduleEdit.Deleted() -> exchange.empty(204);
      case ScheduleEdit.NotFound() -> throw notFound(exchange.pathParameter());
      case ScheduleEdit.Conflict conflict -> exchange.problem(ScheduleProblems.conflict(conflict));
      case ScheduleEdit.Full() -> exchange.problem(ScheduleProblems.full());
    }
  }
}

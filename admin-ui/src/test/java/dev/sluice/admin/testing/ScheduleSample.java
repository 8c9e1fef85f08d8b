package dev.sluice.admin.testing;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A service with three schedules.
public final class ScheduleSample {

  private ScheduleSample() {}

  public static FakeService fill(FakeService service) {
    service.on("GET /schedules", Reply.json("[" + cleanUp() + "," + nightly() + "," + off() + "]"));
    service.on("GET /stats/due", Reply.json(due()));
    service.on("PUT /schedules/nightly", Reply.json(nightly()));
    service.on("DELETE /schedules/nightly", Reply.json("").withStatus(204));
    return service;
  }

  private static String due() {
    String counts =
        IntStream.range(0, 60)
            .mapToObj(minute -> String.valueOf(minute % 15 == 0 ? 120 : minute * 7 % 23))
            .collect(Collectors.joining(","));
    return "{\"from\":\"2026-03-14T09:30:00Z\",\"step_seconds\":60,\"at_least\":false,\"due\":["
        + counts
        + "]}";
  }

  private static String cleanUp() {
    return """
    {"name":"clean-up","version":3,"changed_by":"ann","changed_at":"2026-03-01T08:00:00Z",
     "cron":"*/15 * * * *","time_zone":"UTC","catch_up":"none","enabled":true,
     "event":{"event_type":"storage.clean_up","payload":{}},
     "last_tick":"2026-03-14T09:30:00Z","next_tick":"2026-03-14T09:45:00Z",
     "next_ticks":["2026-03-14T09:45:00Z","2026-03-14T10:00:00Z"]}\
    """;
  }

  private static String nightly() {
    return """
    {"name":"nightly","version":17,"changed_by":"bob","changed_at":"2026-03-10T12:00:00Z",
     "cron":"30 2 * * *","time_zone":"Europe/Berlin","catch_up":"last","enabled":true,
     "event":{"event_type":"report.due","payload":{"report":"sales","rows":1e400},
              "source":"scheduler","key":"sales","priority":7},
     "last_tick":"2026-03-14T01:30:00Z","next_tick":"2026-03-15T01:30:00Z",
     "next_ticks":["2026-03-15T01:30:00Z","2026-03-16T01:30:00Z","2026-03-17T01:30:00Z",
                   "2026-03-18T01:30:00Z","2026-03-19T01:30:00Z"]}\
    """;
  }

  private static String off() {
    return """
    {"name":"year-end","version":1,"changed_by":"ann","changed_at":"2026-01-02T00:00:00Z",
     "cron":"0 0 1 1 *","time_zone":"UTC","catch_up":"all","enabled":false,
     "event":{"event_type":"year.ended","payload":null},
     "last_tick":null,"next_tick":null,"next_ticks":[]}\
    """;
  }
}

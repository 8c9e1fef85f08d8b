package dev.sluice.admin.testing;

/// An event whose only delivery was never attempted and begins a day later.
public final class ScheduledSample {

  private ScheduledSample() {}

  /// Lets the service have the event.
  public static void fill(FakeService service, String id) {
    service.on("GET /events/" + id, Reply.json(event(id)));
    service.on("GET /events/" + id + "/explain", Reply.json(explanation(id)));
  }

  private static String event(String id) {
    return """
    {"event_id":"%s","event_type":"trial.ends","occurred_at":"2026-03-14T09:25:00Z",
     "received_at":"2026-03-14T09:25:00Z","status":"received","attempts":0,
     "next_attempt_at":"2026-03-15T09:25:00Z","payload":{"customer":7},
     "deliveries":[{"subscription":"default","status":"received",
      "next_attempt_at":"2026-03-15T09:25:00Z","attempts":[]}]}
    """
        .formatted(id);
  }

  private static String explanation(String id) {
    return """
    {"event_id":"%s","status":"received","sentence":"Scheduled for 2026-03-15T09:25:00Z, in 23 h \
    55 min.","deliveries":[]}
    """
        .formatted(id);
  }
}

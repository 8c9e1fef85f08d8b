package dev.sluice.adapter.http;

import dev.sluice.application.sample.PreviewingHandler;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.delivery.Response;
import dev.sluice.domain.delivery.StatusClass;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.AttemptContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Does what the payload says: fails permanently on `"fail":true`, fails temporarily on
/// `"retry":true`, otherwise succeeds; can be blocked. On `"respond":503` it reports a response
/// with this status, and fails permanently unless that is 2xx.
public final class TestHandler implements PreviewingHandler {

  private static final Pattern RESPOND = Pattern.compile("\"respond\":([0-9]+)");

  private final ConcurrentHashMap<String, Integer> executions = new ConcurrentHashMap<>();
  private volatile CountDownLatch gate = new CountDownLatch(0);

  @Override
  public Outcome handle(Event event, AttemptContext attempt) throws InterruptedException {
    executions.merge(event.id().value(), 1, Integer::sum);
    gate.await();
    String json = event.payload().json().replace(" ", "");
    Matcher respond = RESPOND.matcher(json);
    if (respond.find()) {
      return responded(Integer.parseInt(respond.group(1)));
    }
    if (json.contains("\"fail\":true")) {
      return Outcome.failedForGood("TestFailure", "the payload asked for it");
    }
    return json.contains("\"retry\":true")
        ? Outcome.failed("TestFailure", "not now")
        : Outcome.SUCCEEDED;
  }

  private static Outcome responded(int status) {
    var unknown = Optional.<Duration>empty();
    var times =
        new Response.Times(unknown, unknown, unknown, unknown, Duration.ofNanos(12_340_000));
    var response =
        new Response(
            "https://receiver.example/hook",
            status,
            Map.of("content-type", "text/plain"),
            "the secret " + status,
            false,
            times);
    return StatusClass.of(status) == StatusClass.SUCCESS
        ? new Outcome.Succeeded(Optional.of(response))
        : new Outcome.Failed(
            false,
            new FailureCause(FailureCause.Kind.HANDLER, "HttpStatus" + status, "not accepted"),
            Duration.ZERO,
            Optional.of(response));
  }

  @Override
  public Preview preview(Event event, AttemptContext attempt) {
    return new Preview("Counts the event.", Optional.of(event.payload().json()));
  }

  int executions(String eventId) {
    return executions.getOrDefault(eventId, 0);
  }

  /// Blocks attempts until [#release].
  public void block() {
    gate = new CountDownLatch(1);
  }

  void release() {
    gate.countDown();
  }
}

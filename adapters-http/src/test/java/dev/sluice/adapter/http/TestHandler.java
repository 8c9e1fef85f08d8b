package dev.sluice.adapter.http;

import dev.sluice.application.sample.PreviewingHandler;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.AttemptContext;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/// Does what the payload says: fails permanently on `"fail":true`, fails temporarily on
/// `"retry":true`, otherwise succeeds; can be blocked.
public final class TestHandler implements PreviewingHandler {

  private final ConcurrentHashMap<String, Integer> executions = new ConcurrentHashMap<>();
  private volatile CountDownLatch gate = new CountDownLatch(0);

  @Override
  public Outcome handle(Event event, AttemptContext attempt) throws InterruptedException {
    executions.merge(event.id().value(), 1, Integer::sum);
    gate.await();
    String json = event.payload().json().replace(" ", "");
    if (json.contains("\"fail\":true")) {
      return Outcome.failedForGood("TestFailure", "the payload asked for it");
    }
    return json.contains("\"retry\":true")
        ? Outcome.failed("TestFailure", "not now")
        : Outcome.SUCCEEDED;
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

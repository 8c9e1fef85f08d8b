package dev.sluice.benchmark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/// Well-behaved producers: single events at a steady rate. Latency counts from the planned time, so
/// that a stalled service cannot hide it.
final class GoodTraffic {

  /// No response within this time counts as status 0.
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final URI events;
  private final int perSecond;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  GoodTraffic(URI service, int perSecond) {
    this.events = URI.create(service + "/events");
    this.perSecond = perSecond;
  }

  /// What the producers saw.
  ///
  /// @param millis from the planned time to the response, sorted
  /// @param statuses number of responses by status; 0 means no response
  record Seen(List<Double> millis, Map<Integer, Integer> statuses) {

    double percentile(double part) {
      int index = (int) Math.ceil(millis.size() * part) - 1;
      return millis.isEmpty() ? 0 : millis.get(Math.max(0, index));
    }
  }

  private record Answer(int status, double millis) {}

  /// Sends for this many seconds; returns when every request has ended.
  Seen send(int seconds) {
    var answers = new ConcurrentLinkedQueue<Answer>();
    long begin = System.nanoTime();
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int number = 0; number < perSecond * seconds; number++) {
        long planned = begin + number * 1_000_000_000L / perSecond;
        for (long wait = planned - System.nanoTime();
            wait > 0;
            wait = planned - System.nanoTime()) {
          LockSupport.parkNanos(wait);
        }
        senders.execute(() -> answers.add(post(planned)));
      }
    }
    var statuses = new TreeMap<Integer, Integer>();
    answers.forEach(answer -> statuses.merge(answer.status(), 1, Integer::sum));
    return new Seen(answers.stream().map(Answer::millis).sorted().toList(), statuses);
  }

  private Answer post(long planned) {
    HttpRequest request = request();
    int status = 0;
    try {
      status = client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      // No response: status 0.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Answer(status, (System.nanoTime() - planned) / 1e6);
  }

  private HttpRequest request() {
    return HttpRequest.newBuilder(events)
        .timeout(PATIENCE)
        .header("Content-Type", "application/json")
        .POST(
            HttpRequest.BodyPublishers.ofString(
                "{\"event_type\":\"good\",\"payload\":{\"order\":4711}}"))
        .build();
  }
}

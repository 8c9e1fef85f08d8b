package dev.sluice.benchmark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sends events at a steady rate and measures the time from sending to completion.
///
/// Arrivals are planned (one per millisecond at 1,000 a second), and latency counts from the
/// planned time, not from the time when a late sender sends; otherwise a slow server would hide its
/// own queue ("coordinated omission").
public final class SteadyLoad {

  private static final Pattern COMPLETED = Pattern.compile("\"completed_at\":\"([^\"]+)\"");
  private static final int MAX_TRIES = 200;

  private final URI events;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ConcurrentLinkedQueue<Sent> sent = new ConcurrentLinkedQueue<>();
  private final AtomicInteger refused = new AtomicInteger();

  private record Sent(String id, Instant planned, long answeredMicros) {}

  private SteadyLoad(URI events) {
    this.events = events;
  }

  /// Arguments: address of the service, events per second, seconds.
  public static void main(String[] arguments) throws InterruptedException, IOException {
    int rate = Integer.parseInt(arguments[1]);
    int seconds = Integer.parseInt(arguments[2]);
    var load = new SteadyLoad(URI.create(arguments[0] + "/events"));
    load.send("warm", rate, Math.min(5, seconds));
    load.sent.clear();
    load.send("load", rate, seconds);
    load.report(rate);
  }

  private void send(String prefix, int rate, int seconds) {
    String run = prefix + "-" + ProcessHandle.current().pid() + "-";
    long begin = System.nanoTime();
    Instant beginTime = Instant.now();
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int number = 0; number < rate * seconds; number++) {
        long offset = number * 1_000_000_000L / rate;
        for (long wait = begin + offset - System.nanoTime();
            wait > 0;
            wait = begin + offset - System.nanoTime()) {
          LockSupport.parkNanos(wait);
        }
        String id = run + number;
        Instant planned = beginTime.plusNanos(offset);
        senders.execute(() -> post(id, planned));
      }
    }
  }

  private void post(String id, Instant planned) {
    HttpRequest request = request(id);
    try {
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      long micros = Duration.between(planned, Instant.now()).toNanos() / 1_000;
      if (status == 202) {
        sent.add(new Sent(id, planned, micros));
      } else {
        refused.incrementAndGet();
      }
    } catch (IOException e) {
      refused.incrementAndGet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest request(String id) {
    String body =
        "{\"event_id\":\""
            + id
            + "\",\"event_type\":\"order.paid\",\"payload\":{\"order\":4711,\"amount\":1999}}";
    return HttpRequest.newBuilder(events)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private void report(int rate) throws IOException, InterruptedException {
    List<Long> answered = new ArrayList<>();
    List<Long> completed = new ArrayList<>();
    for (Sent event : sent) {
      answered.add(event.answeredMicros());
      completed.add(completedMicros(event));
    }
    System.out.printf(
        "steady %d/s: %d events, %d refused; POST to 202 p50 %.2f ms p99 %.2f ms; POST to completed p50 %.2f ms p99 %.2f ms%n",
        rate,
        sent.size(),
        refused.get(),
        percentile(answered, 0.5),
        percentile(answered, 0.99),
        percentile(completed, 0.5),
        percentile(completed, 0.99));
  }

  private long completedMicros(Sent event) throws IOException, InterruptedException {
    long micros = Duration.between(event.planned(), completedAt(event.id())).toNanos() / 1_000;
    // The service truncates to milliseconds: a completion within the same one counts as 0.
    return Math.max(0, micros);
  }

  private Instant completedAt(String id) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(events + "/" + id)).build();
    for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
      Matcher completed = COMPLETED.matcher(client.send(request, BodyHandlers.ofString()).body());
      if (completed.find()) {
        return Instant.parse(completed.group(1));
      }
      LockSupport.parkNanos(10_000_000);
    }
    throw new IOException("event " + id + " was not completed");
  }

  private static double percentile(List<Long> micros, double part) {
    List<Long> sorted = micros.stream().sorted().toList();
    int index = (int) Math.ceil(sorted.size() * part) - 1;
    return sorted.isEmpty() ? 0 : sorted.get(Math.max(0, index)) / 1_000.0;
  }
}

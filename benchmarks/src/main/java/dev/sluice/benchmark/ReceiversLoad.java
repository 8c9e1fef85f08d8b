package dev.sluice.benchmark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/// Delivers events to 90 receivers, in alternation without and with ten more that hang, and prints
/// how long the 90 wait for their events.
///
/// Time counts from when an event was planned to be sent to its arrival at a receiver, so a service
/// that accepts late cannot hide it.
public final class ReceiversLoad {

  private static final int GOOD = 90;
  private static final int HANGING = 10;

  /// Rounds before the first one that is measured: the JIT compilers of both programs need them.
  private static final int WARM_UP = 3;

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final URI service;
  private final int seconds;
  private final int perSecond;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<LoadReceiver> hanging = new ArrayList<>();

  /// When each event was planned to be sent, by id.
  private final Map<String, Long> planned = new ConcurrentHashMap<>();

  /// Milliseconds to each arrival of the current phase.
  private final Queue<Double> waits = new ConcurrentLinkedQueue<>();

  private int phases;

  private ReceiversLoad(URI service, int seconds, int perSecond) {
    this.service = service;
    this.seconds = seconds;
    this.perSecond = perSecond;
  }

  /// How long the deliveries of a phase took, in milliseconds.
  ///
  /// @param mostInFlight most connections to hanging receivers
  private record Phase(double p50, double p99, int mostInFlight) {}

  /// Arguments: address of the service, rounds, seconds of a phase, events per second.
  public static void main(String[] arguments) throws Exception {
    var load =
        new ReceiversLoad(
            URI.create(arguments[0]),
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]));
    load.run(Integer.parseInt(arguments[1]));
    System.exit(0);
  }

  private void run(int rounds) throws IOException, InterruptedException {
    for (int number = 0; number < GOOD; number++) {
      subscribe("good-" + number, LoadReceiver.responding(this::arrived), "");
    }
    for (int number = 0; number < HANGING; number++) {
      hanging.add(LoadReceiver.hanging());
    }
    for (int round = 0; round < WARM_UP; round++) {
      phase();
      beside();
    }
    double[] ratios = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      Phase alone = phase();
      Phase beside = beside();
      ratios[round] = beside.p99() / alone.p99();
      System.out.printf(
          "  alone p50 %6.1f p99 %6.1f ms   beside p50 %6.1f p99 %6.1f ms   p99 ratio %.2f   to hanging receivers at most %d requests%n",
          alone.p50(),
          alone.p99(),
          beside.p50(),
          beside.p99(),
          ratios[round],
          beside.mostInFlight());
    }
    Arrays.sort(ratios);
    System.out.printf(
        "median of the p99 ratios %.2f (%.2f to %.2f)%n",
        ratios[rounds / 2], ratios[0], ratios[rounds - 1]);
  }

  /// The subscriptions to hanging receivers exist only in this phase.
  private Phase beside() throws IOException, InterruptedException {
    List<String> names = new ArrayList<>();
    for (LoadReceiver receiver : hanging) {
      names.add("hanging-" + phases + "-" + names.size());
      subscribe(names.getLast(), receiver, ",\"timeout\":\"2s\"");
    }
    Phase phase = phase();
    for (String name : names) {
      requireSuccess(request("/subscriptions/" + name + "?deliveries=cancel").DELETE());
    }
    await("no request is in flight", () -> inFlight() == 0);
    return phase;
  }

  private int inFlight() {
    return hanging.stream().mapToInt(LoadReceiver::open).sum();
  }

  private void subscribe(String name, LoadReceiver receiver, String policy)
      throws IOException, InterruptedException {
    requireSuccess(
        json("/subscriptions/" + name)
            .PUT(
                BodyPublishers.ofString(
                    "{\"types\":[\"*\"],\"destination\":{\"kind\":\"webhook\",\"url\":\"http://127.0.0.1:%d/\"}%s}"
                        .formatted(receiver.port(), policy))));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(service.resolve(path)).timeout(LIMIT);
  }

  private HttpRequest.Builder json(String path) {
    return request(path).header("Content-Type", "application/json");
  }

  private void requireSuccess(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IllegalStateException(response.statusCode() + " " + response.body());
    }
  }

  private Phase phase() {
    phases++;
    waits.clear();
    int most = 0;
    int events = perSecond * seconds;
    long begin = System.nanoTime();
    for (int number = 0; number < events; number++) {
      long at = begin + number * 1_000_000_000L / perSecond;
      LockSupport.parkNanos(at - System.nanoTime());
      send("e-" + phases + "-" + number, at);
      most = Math.max(most, inFlight());
    }
    await("all have arrived", () -> waits.size() >= events * GOOD);
    double[] sorted = waits.stream().mapToDouble(wait -> wait).sorted().toArray();
    return new Phase(at(sorted, 0.5), at(sorted, 0.99), most);
  }

  private static double at(double[] sorted, double part) {
    return sorted[(int) Math.ceil(sorted.length * part) - 1];
  }

  private void send(String id, long at) {
    planned.put(id, at);
    HttpRequest event =
        json("/events")
            .POST(
                BodyPublishers.ofString(
                    "{\"event_id\":\""
                        + id
                        + "\",\"type\":\"order.paid\",\"payload\":{\"order\":4711}}"))
            .build();
    var _ = client.sendAsync(event, BodyHandlers.discarding());
  }

  private void arrived(String id) {
    long now = System.nanoTime();
    waits.add((now - planned.getOrDefault(id, now)) / 1e6);
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(String what, Condition condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("not within " + LIMIT.toSeconds() + " s: " + what);
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}

package dev.sluice.process;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// The events of an upgrade, each given by its number. First come the finished ones, of which one
/// in 200 is a dead letter and one in 200 succeeded at its second attempt; then those that wait for
/// a retry; then a backlog.
///
/// @param total how many there are
record UpgradeEvents(int total) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PER_REQUEST = 5_000;
  private static final int SENDERS = 3;

  /// The type of the oldest events, which the new version back-fills.
  static final String OLD_TYPE = "order.old";

  /// The type of a few dead letters, which a bulk job replays.
  static final String LOST_TYPE = "order.lost";

  /// How many events have each of these two types.
  static final int OF_RARE_TYPE = 40;

  private static final String PAD = "x".repeat(80);

  UpgradeEvents {
    if (total < 20_000) {
      throw new IllegalArgumentException("at least 20000 events, not " + total);
    }
  }

  int finished() {
    return total - retrying() - backlog();
  }

  int retrying() {
    return total / 1_000;
  }

  int backlog() {
    return total / 20;
  }

  /// Returns how many of all fail at every attempt.
  long failing() {
    return IntStream.range(0, total).filter(this::fails).count();
  }

  static String id(int number) {
    return "event-%07d".formatted(number);
  }

  private static boolean isDead(int number) {
    return number % 200 == 199;
  }

  private static String type(int number) {
    if (number < OF_RARE_TYPE) {
      return OLD_TYPE;
    }
    return isDead(number) && number < 200 * OF_RARE_TYPE
        ? LOST_TYPE
        : List.of("order.paid", "order.sent", "invoice.paid").get(number % 3);
  }

  private String payload(int number) {
    String instruction =
        fails(number) ? "\"fail\":true," : number % 200 == 99 ? "\"fail_times\":1," : "";
    return "{" + instruction + "\"number\":" + number + ",\"pad\":\"" + PAD + "\"}";
  }

  private boolean fails(int number) {
    return isDead(number) || (number >= finished() && number < finished() + retrying());
  }

  /// Returns an event as it is sent.
  JsonNode event(int number) throws IOException {
    return JSON.readTree(json(number));
  }

  /// Returns events as one JSON array.
  String batch(List<Integer> numbers) {
    return numbers.stream().map(this::json).collect(joining(",", "[", "]"));
  }

  private String json(int number) {
    String key = number % 10 == 0 ? "\"key\":\"customer-" + number % 1_000 + "\"," : "";
    return "{\"event_id\":\"%s\",\"event_type\":\"%s\",%s\"payload\":%s}"
        .formatted(id(number), type(number), key, payload(number));
  }

  /// Sends the finished ones.
  void sendFinished(Client client) throws Exception {
    send(client, 0, finished());
  }

  /// Sends those that wait for a retry.
  void sendRetrying(Client client) throws Exception {
    send(client, finished(), finished() + retrying());
  }

  /// Sends the backlog.
  void sendBacklog(Client client) throws Exception {
    send(client, finished() + retrying(), total);
  }

  private void send(Client client, int from, int to) throws Exception {
    List<Future<?>> sent = new ArrayList<>();
    try (var senders = Executors.newFixedThreadPool(SENDERS)) {
      for (int first = from; first < to; first += PER_REQUEST) {
        int start = first;
        int end = Math.min(to, first + PER_REQUEST);
        sent.add(senders.submit(() -> sendBatch(client, start, end)));
      }
    }
    for (Future<?> batch : sent) {
      batch.get();
    }
  }

  private Void sendBatch(Client client, int from, int to) throws Exception {
    String batch = batch(IntStream.range(from, to).boxed().toList());
    JsonNode answer = Client.read(client.post(batch));
    assertThat(answer.path("accepted").asInt()).as("%.500s", answer).isEqualTo(to - from);
    return null;
  }

  /// Returns the numbers of events spread over all.
  List<Integer> sample(int size) {
    return IntStream.range(0, size).mapToObj(index -> (int) ((long) index * total / size)).toList();
  }
}

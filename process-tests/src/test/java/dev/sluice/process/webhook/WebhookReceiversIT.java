package dev.sluice.process.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.contract.Eventually;
import dev.sluice.process.Client;
import dev.sluice.process.DeliveredEvent;
import dev.sluice.process.DeliveredEvent.Delivered;
import dev.sluice.process.Program;
import dev.sluice.process.Waiting;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A hundred receivers of which some hang. How fast the others are is measured by
/// `benchmarks/receivers.sh`.
@Timeout(300)
final class WebhookReceiversIT {

  private static final int GOOD = 90;
  private static final int HANGING = 10;
  private static final int EVENTS = 60;

  /// How many requests a receiver gets at once that never responded.
  private static final int FIRST_REQUESTS = 4;

  /// Requests to hanging receivers last longer than the test.
  private static final String PATIENT = "\"timeout\":\"30s\"";

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final Arrivals arrivals = new Arrivals();
  private final List<Receiver> good = new ArrayList<>();
  private final List<Receiver> hanging = new ArrayList<>();
  private Program program;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    program = Program.serve(folder, Map.of());
    client = new Client(program);
    for (int number = 0; number < GOOD; number++) {
      good.add(Receiver.recording(arrivals, Duration.ZERO));
      new Hook("good-" + number, good.getLast()).create(client);
    }
    for (int number = 0; number < HANGING; number++) {
      hanging.add(Receiver.hanging());
      new Hook("hanging-" + number, hanging.getLast().port(), PATIENT).create(client);
    }
    for (String kind : List.of("demo", "log")) {
      String definition = "{\"types\":[\"*\"],\"destination\":{\"kind\":\"%s\"}}".formatted(kind);
      assertThat(client.send("PUT", "/subscriptions/" + kind, definition).statusCode())
          .isEqualTo(201);
    }
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    program.close();
    for (Receiver receiver : good) {
      receiver.close();
    }
    for (Receiver receiver : hanging) {
      receiver.close();
    }
  }

  private static String id(int number) {
    return "e-" + number;
  }

  private static Set<String> ids() {
    return IntStream.range(0, EVENTS).mapToObj(WebhookReceiversIT::id).collect(Collectors.toSet());
  }

  @Test
  void hangingReceivers_takeNothingFromTheOthers() throws Exception {
    for (int number = 0; number < EVENTS; number++) {
      HttpResponse<String> response =
          client.post("{\"event_id\":\"" + id(number) + "\",\"payload\":" + number + "}");
      assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    }

    Set<String> all = ids();
    for (int number = 0; number < GOOD; number++) {
      String name = "good-" + number;
      Waiting.until("all arrive at " + name, LIMIT, () -> arrivals.eventsOf(name).equals(all));
    }
    assertThat(arrivals.list()).allMatch(Arrival::isValid);
    // The service sends one request per event and receiver while nothing fails.
    assertThat(arrivals.count()).isEqualTo(GOOD * EVENTS);
    Waiting.until("all others are completed", LIMIT, this::areOthersCompleted);
    Eventually.holds("the log has all", () -> loggedEvents() == EVENTS);
    assertRequestsInFlightAreFew();
  }

  private boolean areOthersCompleted() {
    try {
      return DeliveredEvent.all(client).stream().allMatch(WebhookReceiversIT::areOthersCompleted);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static boolean areOthersCompleted(DeliveredEvent event) {
    List<Delivered> others = event.deliveries().stream().filter(one -> !isHanging(one)).toList();
    return others.size() == GOOD + 2
        && others.stream().allMatch(WebhookReceiversIT::isCompleted)
        && event.deliveries().size() == others.size() + HANGING
        && event.deliveries().stream()
            .filter(WebhookReceiversIT::isHanging)
            .noneMatch(WebhookReceiversIT::isCompleted);
  }

  private static boolean isHanging(Delivered delivery) {
    return delivery.subscription().startsWith("hanging-");
  }

  private static boolean isCompleted(Delivered delivery) {
    return delivery.status().equals("completed");
  }

  private long loggedEvents() {
    return program.out().stream().filter(line -> line.contains("\"e-")).count();
  }

  private void assertRequestsInFlightAreFew() throws Exception {
    for (int number = 0; number < HANGING; number++) {
      assertThat(hanging.get(number).open()).isEqualTo(FIRST_REQUESTS);
      assertThat(hanging.get(number).mostOpen()).isEqualTo(FIRST_REQUESTS);
      JsonNode receiver = client.json("/subscriptions/hanging-" + number).path("receiver");
      assertThat(receiver.path("in_flight").asInt()).isEqualTo(FIRST_REQUESTS);
    }
  }
}

package dev.sluice.benchmark;

import dev.sluice.application.routing.RoutingTable;
import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.Payload;
import dev.sluice.domain.subscription.DeliveryPolicy;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.EventPattern;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.TypePattern;
import dev.sluice.format.JsonFilterFormat;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Measures what it costs to decide where an event goes, with few and with many subscriptions, and
/// how long their filters take to be read and indexed.
public final class RoutingCost {

  private static final int EVENTS = 1_000;
  private static final int ROUNDS = 40;
  private static final int TYPES = 100;
  private static final int[] SIZES = {10, 100, 1_000, 10_000};

  private static final List<String> COUNTRIES =
      List.of("DE", "AT", "CH", "FR", "IT", "ES", "PL", "NL");

  private final Random random = new Random(16);

  private RoutingCost() {}

  /// Takes no arguments.
  public static void main(String[] arguments) {
    var cost = new RoutingCost();
    List<Event> events = IntStream.range(0, EVENTS).mapToObj(cost::event).toList();
    cost.measure("no filter, exact type", events, cost::plain);
    cost.measure("mixed filters over 100 types", events, cost::mixed);
    cost.measure("a source of its own each", events, cost::tenant);
    cost.measure("type pattern and a value of the payload", events, cost::payloadValue);
    cost.measure("numbers alone, type *", events, cost::numeric);
  }

  private void measure(String what, List<Event> events, IntFunction<Subscription> make) {
    for (int size : SIZES) {
      List<Subscription> subscriptions = IntStream.range(0, size).mapToObj(make).toList();
      RoutingTable empty = RoutingTable.empty(new JsonFilterFormat());
      long begin = System.nanoTime();
      RoutingTable table = empty.next(subscriptions);
      double first = (System.nanoTime() - begin) / 1e6;
      begin = System.nanoTime();
      RoutingTable again = table.next(subscriptions);
      double next = (System.nanoTime() - begin) / 1e6;
      long[] routes = {0};
      int batch = size > 1_000 && what.startsWith("numbers") ? EVENTS / 20 : EVENTS;
      double micros = median(again, events.subList(0, batch), routes);
      System.out.printf(
          "%-40s %,7d subscriptions: %7.2f µs an event, %7.2f routes; build %6.0f ms, again %5.0f"
              + " ms%n",
          what, size, micros, (double) routes[0] / ROUNDS / batch, first, next);
    }
  }

  private static double median(RoutingTable table, List<Event> events, long[] routes) {
    double[] micros = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long begin = System.nanoTime();
      for (Event event : events) {
        routes[0] += table.routesFor(event).size();
      }
      micros[round] = (System.nanoTime() - begin) / 1e3 / events.size();
    }
    // The first half warms up.
    double[] warm = Arrays.copyOfRange(micros, ROUNDS / 2, ROUNDS);
    Arrays.sort(warm);
    return warm[warm.length / 2];
  }

  private Event event(int number) {
    return new Event(
        new EventId("e-" + number),
        new EventType("shop" + random.nextInt(TYPES) + ".order.paid"),
        Instant.EPOCH,
        Instant.EPOCH,
        new Payload(payload(number)),
        new Attributes(Map.of(Attributes.SOURCE, "tenant-" + random.nextInt(10_000))));
  }

  /// A payload of 470 bytes, of which filters name a few members.
  private String payload(int number) {
    return """
    {"order":{"id":"o-%1$d","lines":[{"sku":"a-1","count":2},{"sku":"b-7","count":1}],\
    "note":"please leave it at the door, and do not ring the bell"},"amount":%2$d.5,\
    "currency":"EUR","country":"%3$s","status":"%4$s","customer":{"id":%1$d,"vip":false,\
    "address":{"street":"Main Street 5","city":"Springfield","zip":"12345"}},\
    "tags":["new","web"],"channel":"web","campaign":null}\
    """
        .formatted(
            number,
            random.nextInt(10_000),
            COUNTRIES.get(random.nextInt(COUNTRIES.size())),
            random.nextBoolean() ? "paid" : "open");
  }

  private Subscription plain(int number) {
    return subscription(number, "shop" + number % TYPES + ".order.paid", "");
  }

  private Subscription tenant(int number) {
    return subscription(number, "*", "{\"source\":[\"tenant-" + number + "\"]}");
  }

  private Subscription payloadValue(int number) {
    return subscription(number, "shop*", "{\"payload\":{\"customer\":{\"id\":[" + number + "]}}}");
  }

  private Subscription numeric(int number) {
    String range = "{\"numeric\":[\">\"," + (9_000 + number % 1_000) + "]}";
    return subscription(number, "*", "{\"payload\":{\"amount\":[" + range + "]}}");
  }

  /// 40 % type and source; 30 % type and a number; 20 % type, countries and status; 10 % type and
  /// what a value is not.
  private Subscription mixed(int number) {
    String type = "shop" + number % TYPES + ".*";
    String country = COUNTRIES.get(number % COUNTRIES.size());
    return switch (number / TYPES % 10) {
      case 0, 1, 2, 3 -> subscription(number, type, "{\"source\":[\"tenant-" + number + "\"]}");
      case 4, 5, 6 ->
          subscription(
              number,
              type,
              "{\"payload\":{\"amount\":[{\"numeric\":[\">\"," + number % 10_000 + "]}]}}");
      case 7, 8 ->
          subscription(
              number,
              type,
              "{\"payload\":{\"country\":[\"" + country + "\",\"XX\"],\"status\":[\"paid\"]}}");
      default ->
          subscription(
              number,
              type,
              "{\"payload\":{\"status\":[{\"anything-but\":\"draft\"}],\"currency\":[\"USD\"]}}");
    };
  }

  private static Subscription subscription(int number, String type, String filter) {
    return new Subscription(
        new SubscriptionName("s-" + number),
        1,
        new SubscriptionDefinition(
            "",
            List.of(new TypePattern(type)),
            filter.isEmpty() ? Optional.empty() : Optional.of(new EventPattern(filter)),
            new Destination.Demo(),
            DeliveryPolicy.DEFAULT),
        Lifecycle.ACTIVE,
        Subscription.Origin.API,
        "benchmark",
        Instant.EPOCH);
  }
}

package dev.sluice.application.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.PlainFilters;
import dev.sluice.application.fixture.Samples;
import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.Payload;
import dev.sluice.domain.subscription.DeliveryPolicy;
import dev.sluice.domain.subscription.EventPattern;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.TypePattern;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RoutingTableTest {

  private final PlainFilters format = new PlainFilters();
  private final RoutingTable empty = RoutingTable.empty(format);

  static Subscription subscription(String name, String filter, String... types) {
    return new Subscription(
        new SubscriptionName(name),
        1,
        new SubscriptionDefinition(
            "",
            Arrays.stream(types).map(TypePattern::new).toList(),
            filter.isEmpty() ? Optional.empty() : Optional.of(new EventPattern(filter)),
            Samples.DESTINATION,
            DeliveryPolicy.DEFAULT),
        Lifecycle.ACTIVE,
        Subscription.Origin.API,
        "ann",
        Instant.EPOCH);
  }

  static Event event(String type, String source, String payload) {
    return new Event(
        new EventId("e-1"),
        new EventType(type),
        Instant.EPOCH,
        Instant.EPOCH,
        new Payload(payload),
        new Attributes(Map.of(Attributes.SOURCE, source)));
  }

  private static List<String> routes(RoutingTable table, Event event) {
    return table.routesFor(event).stream().map(SubscriptionName::value).toList();
  }

  private RoutingTable tableOf(Subscription... subscriptions) {
    return empty.next(List.of(subscriptions));
  }

  @Test
  void typeAndFilter_mustMatch() {
    RoutingTable table =
        tableOf(
            subscription("a", "source=shop", "order.*"),
            subscription("b", "payload.country=DE,AT", "order.paid"),
            subscription("c", "", "*"));

    assertThat(routes(table, event("order.paid", "shop", "country=DE")))
        .containsExactly("a", "b", "c");
    assertThat(routes(table, event("order.new", "shop", "country=DE"))).containsExactly("a", "c");
    assertThat(routes(table, event("order.paid", "x", "country=FR"))).containsExactly("c");
    assertThat(routes(table, event("other", "shop", "country=AT"))).containsExactly("c");
  }

  @Test
  void manyTypesOfOneSubscription_leadToItOnce() {
    RoutingTable table = tableOf(subscription("a", "", "order.*", "order.paid", "*.paid", "o*d"));

    assertThat(routes(table, event("order.paid", "s", "-"))).containsExactly("a");
    assertThat(routes(table, event("old", "s", "-"))).containsExactly("a");
    assertThat(routes(table, event("other", "s", "-"))).isEmpty();
  }

  @Test
  void payload_isReadOnlyForACandidateThatAsks() {
    RoutingTable table =
        tableOf(
            subscription("a", "payload.country=DE;source=shop", "order.*"),
            subscription("b", "payload.n=1;payload.country=DE", "order.*"),
            subscription("c", "source=shop", "refund"));

    table.routesFor(event("refund", "shop", "country=DE"));
    assertThat(format.payloadsRead()).isZero();
    table.routesFor(event("order.paid", "shop", "country=DE"));
    assertThat(format.payloadsRead()).isEqualTo(1);
  }

  @Test
  void filterThatIsNotUnderstood_matchesNothingAndIsReadOnce() {
    Subscription broken = subscription("a", "?", "*");
    Subscription other = subscription("b", "", "*");
    RoutingTable table = tableOf(broken, other);

    assertThat(routes(table, event("t", "s", "-"))).containsExactly("b");
    assertThat(routes(table.next(List.of(broken)), event("t", "s", "-"))).isEmpty();
    assertThat(format.filtersRead()).isEqualTo(1);
  }

  @Test
  void unchangedFilters_areNotReadAgain() {
    RoutingTable table =
        tableOf(subscription("a", "source=x", "*"), subscription("b", "key=k", "*"));
    RoutingTable next =
        table.next(List.of(subscription("a", "source=y", "*"), subscription("b", "key=k", "t")));

    assertThat(format.filtersRead()).isEqualTo(3);
    assertThat(routes(next, event("t", "y", "-"))).containsExactly("a");
    assertThat(routes(next, event("t", "x", "-"))).isEmpty();
    assertThat(routes(table, event("t", "x", "-"))).containsExactly("a");
  }

  @Test
  void subscriptionThatTakesNoEvents_getsNone() {
    Subscription ending = subscription("a", "source=x", "*").with(Lifecycle.FINISHING);

    assertThat(routes(tableOf(ending), event("t", "x", "-"))).isEmpty();
    assertThat(format.filtersRead()).isZero();
  }

  /// The index must find exactly what asking each subscription finds.
  @Test
  void randomTable_routesAsEachSubscriptionAloneDoes() {
    var random = new Random(5);
    List<Subscription> subscriptions =
        IntStream.range(0, 400).mapToObj(number -> randomSubscription(number, random)).toList();
    RoutingTable table = empty.next(subscriptions);
    List<RoutingTable> alone = subscriptions.stream().map(one -> empty.next(List.of(one))).toList();

    for (int round = 0; round < 300; round++) {
      Event event = randomEvent(random);
      assertThat(table.routesFor(event))
          .isEqualTo(alone.stream().flatMap(one -> one.routesFor(event).stream()).toList());
    }
  }

  private static Subscription randomSubscription(int number, Random random) {
    String filter =
        switch (random.nextInt(6)) {
          case 0 -> "";
          case 1 -> "source=s" + random.nextInt(30);
          case 2 -> "payload.a=x" + random.nextInt(5) + ",x" + random.nextInt(30);
          case 3 -> "^source=s1;payload.b=x" + random.nextInt(3);
          case 4 -> "^payload.a=x1";
          default -> "source=s" + random.nextInt(9) + ";payload.a=x" + random.nextInt(9);
        };
    String[] types = {"t" + random.nextInt(4), "t*", "u.*", "*.v" + random.nextInt(3), "*"};
    return subscription(
        "n" + (1000 + number), filter, types[random.nextInt(5)], types[random.nextInt(4)]);
  }

  private static Event randomEvent(Random random) {
    String type = random.nextBoolean() ? "t" + random.nextInt(4) : "u.v" + random.nextInt(3);
    return event(
        type, "s" + random.nextInt(30), "a=x" + random.nextInt(30) + ";b=x" + random.nextInt(3));
  }

  @Test
  void tenThousandFilters_areSwappedInWhileEventsAreRouted() throws Exception {
    var current = new AtomicReference<>(empty.next(manySubscriptions(0)));
    var isOver = new AtomicBoolean();
    var routed = new FutureTask<>(() -> routeUntil(isOver, current));
    Thread.ofPlatform().daemon().start(routed);

    for (int round = 1; round <= 2; round++) {
      current.set(current.get().next(manySubscriptions(round)));
    }
    isOver.set(true);

    assertThat(routed.get()).isPositive();
    assertThat(routes(current.get(), event("t", "s9999", "v=2"))).containsExactly("n9999");
    assertThat(routes(current.get(), event("t", "s9999", "v=1"))).isEmpty();
  }

  private static int routeUntil(AtomicBoolean isOver, AtomicReference<RoutingTable> current) {
    int routed = 0;
    do {
      RoutingTable table = current.get();
      long matching =
          IntStream.rangeClosed(0, 2)
              .filter(version -> !table.routesFor(event("t", "s0", "v=" + version)).isEmpty())
              .count();
      assertThat(matching).isEqualTo(1);
      routed++;
    } while (!isOver.get());
    return routed;
  }

  private static List<Subscription> manySubscriptions(int version) {
    return IntStream.range(0, 10_000)
        .mapToObj(
            number ->
                subscription("n" + number, "source=s" + number + ";payload.v=" + version, "*"))
        .toList();
  }
}

package dev.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.routing.RoutingTable;
import dev.sluice.contract.Events;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.subscription.DeliveryPolicy;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.EventPattern;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.TypePattern;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A routing table of real patterns.
final class PatternRoutingTest {

  private final RoutingTable empty = RoutingTable.empty(new JsonFilterFormat());

  private static Subscription subscription(int number, String pattern) {
    return new Subscription(
        new SubscriptionName("s-" + (1_000 + number)),
        1,
        new SubscriptionDefinition(
            "",
            List.of(TypePattern.ANY),
            Optional.of(new EventPattern(pattern)),
            new Destination.Demo(),
            DeliveryPolicy.DEFAULT),
        Lifecycle.ACTIVE,
        Subscription.Origin.API,
        "ann",
        Instant.EPOCH);
  }

  private static List<RandomFilterCases.Case> cases(RandomFilterCases random, int count) {
    var cases = new ArrayList<RandomFilterCases.Case>();
    while (cases.size() < count) {
      RandomFilterCases.Case next = random.next();
      if (PatternReader.read(next.pattern()) instanceof ReadFilter.Valid) {
        cases.add(next);
      }
    }
    return cases;
  }

  /// The index by required values, also of elements of lists, must not lose a subscription.
  @Test
  void indexedPatterns_routeAsEachAloneDoes() {
    var random = new RandomFilterCases(3);
    for (int round = 0; round < 40; round++) {
      List<RandomFilterCases.Case> cases = cases(random, 60);
      var subscriptions = new ArrayList<Subscription>();
      cases.forEach(one -> subscriptions.add(subscription(subscriptions.size(), one.pattern())));
      RoutingTable table = empty.next(subscriptions);
      List<RoutingTable> alone =
          subscriptions.stream().map(one -> empty.next(List.of(one))).toList();
      for (RandomFilterCases.Case one : cases) {
        Event event = Events.withPayload(Events.event("e-1"), one.payloads().getLast());
        assertThat(table.routesFor(event))
            .isEqualTo(alone.stream().flatMap(each -> each.routesFor(event).stream()).toList());
      }
    }
  }

  /// A list of a hundred thousand equal values leads to a thousand subscriptions once.
  @Test
  void repeatedValues_areLookedUpOnce() {
    var subscriptions = new ArrayList<Subscription>();
    for (int number = 0; number < 1_000; number++) {
      subscriptions.add(subscription(number, "{\"payload\":{\"tags\":[\"gold\"],\"n\":[1]}}"));
    }
    String tags = "{\"tags\":[" + "\"gold\",".repeat(100_000) + "\"gold\"],\"n\":1}";

    assertThat(empty.next(subscriptions).routesFor(Events.withPayload(Events.event("e-1"), tags)))
        .hasSize(1_000);
  }
}

package dev.sluice.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.subscription.DeliveryPolicy;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.EventPattern;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.TypePattern;
import dev.sluice.process.DeliveredEvent.Delivered;
import dev.sluice.process.DeliveredEvent.Tried;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Each seeded violation is found, and counted as what it is.
final class RoutingVerdictTest {

  private static final int EVENTS = 60;
  private static final String ANY = "all";
  private static final String RICH = "rich";
  private static final long NEWEST = 4;

  private final History sent = new History();
  private final Map<String, Long> floors = new HashMap<>();
  private final List<String> journal = new ArrayList<>();
  private final List<DeliveredEvent> listed = new ArrayList<>();
  private final SubscriptionHistory subscriptions =
      new SubscriptionHistory(
          List.of(
              version(ANY, 1, Lifecycle.ACTIVE, "*", ""),
              version(
                  RICH,
                  2,
                  Lifecycle.ACTIVE,
                  "*",
                  "{\"payload\":{\"amount\":[{\"numeric\":[\">\",100]}]}}"),
              version(RICH, 3, Lifecycle.ACTIVE, "order.*", ""),
              version(RICH, NEWEST, Lifecycle.FINISHING, "order.*", "")));

  private static Subscription version(
      String name, long version, Lifecycle lifecycle, String type, String filter) {
    return new Subscription(
        new SubscriptionName(name),
        version,
        new SubscriptionDefinition(
            "",
            List.of(new TypePattern(type)),
            Optional.of(filter).filter(text -> !text.isEmpty()).map(EventPattern::new),
            new Destination.Demo(),
            DeliveryPolicy.DEFAULT),
        lifecycle,
        Subscription.Origin.API,
        "ann",
        Instant.EPOCH);
  }

  @BeforeEach
  void deliverAll() {
    for (int number = 0; number < EVENTS; number++) {
      String id = "e-" + number;
      long version = number % (NEWEST + 1);
      sent.sending(id);
      sent.answered(id, 202);
      floors.put(id, version);
      listed.add(delivered(id, version));
    }
  }

  /// Written without the code under test.
  private DeliveredEvent delivered(String id, long version) {
    String content = DeliveredEvent.sentContent(id);
    int amount = Integer.parseInt(content.replaceAll(".*\"amount\":(\\d+).*", "$1"));
    boolean isRich =
        (version == 2 && amount > 100) || (version == 3 && content.startsWith("order."));
    List<String> names =
        Stream.of(version == 0 ? "default" : ANY, isRich ? RICH : "")
            .filter(name -> !name.isEmpty())
            .toList();
    return new DeliveredEvent(
        id, content, version, names.stream().map(name -> completed(id, name)).toList());
  }

  private Delivered completed(String id, String name) {
    journal.add("begin " + id + " 1 " + name);
    journal.add("begin " + id + " 2 " + name);
    journal.add("end " + id + " 2 " + name);
    return new Delivered(
        name, "completed", List.of(new Tried(1, "abandoned"), new Tried(2, "succeeded")));
  }

  private RoutingVerdict verdict() {
    return RoutingVerdict.of(sent, floors, subscriptions, new AttemptJournal(journal), listed);
  }

  /// Replaces the deliveries of an event.
  private void deliver(int event, Delivered... deliveries) {
    DeliveredEvent before = listed.get(event);
    listed.set(
        event,
        new DeliveredEvent(before.id(), before.content(), before.routedBy(), List.of(deliveries)));
  }

  private Delivered first(int event) {
    return listed.get(event).deliveries().getFirst();
  }

  private int eventOf(long version, boolean isRich) {
    return IntStream.range(0, EVENTS)
        .filter(number -> listed.get(number).routedBy() == version)
        .filter(number -> listed.get(number).deliveries().size() == (isRich ? 2 : 1))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void faultlessHistory_isClean() {
    RoutingVerdict verdict = verdict();

    assertThat(verdict.isClean()).as("%s", verdict).isTrue();
    assertThat(verdict.events()).isEqualTo(EVENTS);
    assertThat(verdict.deliveries()).isGreaterThan(EVENTS);
    assertThat(verdict.attempts()).isEqualTo(2 * verdict.deliveries());
  }

  @Test
  void deadLetter_isATerminalState() {
    deliver(1, new Delivered(ANY, "failed", List.of(new Tried(2, "failed"))));

    assertThat(verdict()).returns(1L, RoutingVerdict::failed);
    assertThat(verdict().isClean()).isTrue();
  }

  @Test
  void acknowledgedEventThatIsNotListed_isLost() {
    listed.remove(7);

    assertThat(verdict()).returns(1L, RoutingVerdict::lost);
    assertThat(verdict().isClean()).isFalse();
  }

  @Test
  void eventThatNobodySent_isAPhantom() {
    listed.add(delivered("unknown", 1));

    assertThat(verdict()).returns(1L, RoutingVerdict::phantom);
    assertThat(verdict().isClean()).isFalse();
  }

  @Test
  void eventWithOtherContent_isAPhantom() {
    listed.set(1, new DeliveredEvent("e-1", "other", 1, listed.get(1).deliveries()));

    assertThat(verdict()).returns(1L, RoutingVerdict::phantom);
  }

  @Test
  void deliveryThatTheVersionDemands_isMissing() {
    deliver(eventOf(2, true), completed("unrelated", ANY));
    int other = eventOf(3, true);
    deliver(other, first(other));

    assertThat(verdict()).returns(2L, RoutingVerdict::missing).returns(0L, RoutingVerdict::extra);
    assertThat(verdict().isClean()).isFalse();
  }

  @Test
  void deliveryThatTheVersionDoesNotDemand_isExtra() {
    for (int event : new int[] {eventOf(1, false), eventOf(2, false), eventOf(NEWEST, false)}) {
      deliver(event, first(event), completed("e-" + event, RICH));
    }

    assertThat(verdict()).returns(3L, RoutingVerdict::extra).returns(0L, RoutingVerdict::missing);
    assertThat(verdict().isClean()).isFalse();
  }

  @Test
  void deliveryWithoutEnd_isUnfinished() {
    deliver(1, new Delivered(ANY, "retrying", List.of(new Tried(2, "failed"))));
    deliver(2, new Delivered(ANY, "cancelled", List.of(new Tried(2, "failed"))));

    assertThat(verdict()).returns(2L, RoutingVerdict::unfinished);
    assertThat(verdict().isClean()).isFalse();
  }

  @Test
  void secondTerminalState_isDoubled() {
    deliver(1, first(1), first(1));
    List<Tried> both = List.of(new Tried(1, "succeeded"), new Tried(2, "succeeded"));
    deliver(6, new Delivered(ANY, "completed", both));
    List<Tried> failed = List.of(new Tried(1, "succeeded"), new Tried(2, "failed"));
    deliver(11, new Delivered(ANY, "failed", failed));

    assertThat(verdict()).returns(3L, RoutingVerdict::doubled);
    assertThat(verdict().isClean()).isFalse();
  }

  @Test
  void completionByAnEarlierAttempt_isStale() {
    deliver(1, new Delivered(ANY, "completed", List.of(new Tried(1, "succeeded"))));
    List<Tried> late = List.of(new Tried(1, "succeeded"), new Tried(2, "abandoned"));
    deliver(6, new Delivered(ANY, "completed", late));

    assertThat(verdict()).returns(2L, RoutingVerdict::stale).returns(0L, RoutingVerdict::doubled);
    assertThat(verdict().isClean()).isFalse();
  }

  @Test
  void completionThatNoHandlerFinished_isStale() {
    journal.remove("end e-1 2 " + ANY);

    assertThat(verdict()).returns(1L, RoutingVerdict::stale);
  }

  @Test
  void attemptThatBeganTwice_isStale() {
    journal.add("begin e-1 2 " + ANY);

    assertThat(verdict()).returns(1L, RoutingVerdict::stale);
  }

  @Test
  void olderVersionThanTheNodeHadReported_isOutdated() {
    floors.put("e-1", 2L);
    DeliveredEvent event = listed.get(eventOf(NEWEST, false));
    listed.set(
        listed.indexOf(event),
        new DeliveredEvent(event.id(), event.content(), NEWEST + 1, event.deliveries()));

    assertThat(verdict()).returns(2L, RoutingVerdict::outdated);
    assertThat(verdict().isClean()).isFalse();
  }
}

package dev.sluice.application.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.application.activity.Activity;
import dev.sluice.application.work.Pauses;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.port.ActivityEntry;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.PauseStore;
import dev.sluice.domain.subscription.Pause;
import dev.sluice.domain.subscription.PauseScope;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AutomaticPausesTest {

  private static final SubscriptionName MAIL = new SubscriptionName("mail");
  private static final PauseScope OF_MAIL = new PauseScope.One(MAIL);

  private final SettableClock clock = new SettableClock();
  private final PauseStore store = MemoryAdapter.pauses();
  private final Pauses pauses = new Pauses(store, clock, _ -> {});
  private final Activity activity =
      new Activity(MemoryAdapter.activity(), Duration.ofDays(1), clock);
  private final List<PausedEvent> events = new ArrayList<>();
  private boolean isFull;
  private final AutomaticPauses automatic =
      new AutomaticPauses(pauses, activity, event -> !isFull && events.add(event), clock);

  @Test
  void pause_isInForceAtOnceUntilItIsResumed() {
    automatic.pause(MAIL, "The receiver responded with 410.");

    assertThat(pauses.of(OF_MAIL))
        .contains(
            new Pause(
                OF_MAIL,
                "The receiver responded with 410.",
                "sluice",
                clock.instant(),
                Instant.MAX));
  }

  @Test
  void pause_isRecordedAndAnEventIsStored() {
    automatic.pause(MAIL, "it said \"gone\"");

    automatic.report();
    automatic.report();

    assertThat(activity.newest(Cursor.START, 10).items())
        .extracting(ActivityEntry::operation)
        .extracting(ActivityEntry.Operation::action, ActivityEntry.Operation::target)
        .containsExactly(tuple("subscription.pause", "mail"));
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().draft().payload().json())
        .contains("\"reason\":\"it said \\\"gone\\\"\"");
  }

  @Test
  void pauseOfAnOperator_stays() {
    Pause theirs = pauses.pause(OF_MAIL, "deploy", "ann", Instant.MAX);

    automatic.pause(MAIL, "gone");
    automatic.report();

    assertThat(pauses.of(OF_MAIL)).contains(theirs);
    assertThat(events).isEmpty();
  }

  @Test
  void pauseOnAnotherNode_staysBeforeThisNodeKnowsIt() {
    pauses.refreshWhenDue();
    Pause theirs = new Pauses(store, clock, _ -> {}).pause(OF_MAIL, "deploy", "ann", Instant.MAX);
    assertThat(pauses.of(OF_MAIL)).isEmpty();

    automatic.pause(MAIL, "gone");
    automatic.report();

    assertThat(store.all()).containsExactly(theirs);
    assertThat(pauses.of(OF_MAIL)).as("no attempt begins on this node").contains(theirs);
    assertThat(events).isEmpty();
    assertThat(activity.newest(Cursor.START, 10).items()).isEmpty();
  }

  @Test
  void eventThatIsRefused_isStoredLater() {
    isFull = true;
    automatic.pause(MAIL, "gone");
    automatic.report();
    isFull = false;

    automatic.report();

    assertThat(events).extracting(PausedEvent::subscription).containsExactly(MAIL);
    assertThat(activity.newest(Cursor.START, 10).items()).hasSize(1);
  }

  @Test
  void anyReason_canBeStored() {
    automatic.pause(MAIL, "line\r\nbreak\u0000" + "x".repeat(1_000));

    assertThat(pauses.of(OF_MAIL))
        .hasValueSatisfying(
            pause ->
                assertThat(pause.reason())
                    .startsWith("line  break ")
                    .hasSizeLessThanOrEqualTo(Pause.MAX_REASON_LENGTH));
  }
}

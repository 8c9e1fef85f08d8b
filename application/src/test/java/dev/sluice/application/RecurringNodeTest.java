package dev.sluice.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.recurring.ScheduleEdit;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.Payload;
import dev.sluice.domain.schedule.CatchUp;
import dev.sluice.domain.schedule.EventTemplate;
import dev.sluice.domain.schedule.ScheduleDefinition;
import dev.sluice.domain.schedule.ScheduleName;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Schedules of a whole node. Its clock begins at 03:04:05.
final class RecurringNodeTest {

  private static final String FIRST = "minutely@2026-01-02T03:05:00Z";

  private Node node = Node.with((_, _) -> Outcome.SUCCEEDED, 2);

  @AfterEach
  void stop() throws InterruptedException {
    node.application.stop(Duration.ZERO);
  }

  private void schedule() {
    var definition =
        new ScheduleDefinition(
            "60",
            ZoneId.of("UTC"),
            new EventTemplate(new EventType("report"), new Payload("{}"), Attributes.NONE),
            CatchUp.LAST,
            true);
    assertThat(
            node.application
                .useCases()
                .schedules()
                .put(new ScheduleName("minutely"), definition, Expected.ABSENT, "ann"))
        .isInstanceOf(ScheduleEdit.Done.class);
  }

  private boolean isStored(String id) {
    return node.application.useCases().browse().find(new EventId(id)).isPresent();
  }

  @ParameterizedTest
  @EnumSource
  void tick_storesAnEventWhateverTheRole(NodeRole role) {
    node = Node.inRole(role, (_, _) -> Outcome.SUCCEEDED, 2);
    schedule();
    node.pass(Duration.ofSeconds(54));
    assertThat(isStored(FIRST)).isFalse();

    node.pass(Duration.ofSeconds(1));

    assertThat(isStored(FIRST)).isTrue();
  }

  @Test
  void eventOfATick_isDelivered() {
    schedule();
    node.application.start();

    node.pass(Duration.ofMinutes(1));

    node.await(FIRST, EventStatus.COMPLETED);
  }

  @Test
  void fullBacklog_delaysTicks() {
    schedule();
    node.ingest(Node.MAX_BACKLOG);
    node.pass(Duration.ofSeconds(55));
    assertThat(isStored(FIRST)).isFalse();

    node.application.useCases().control().cancel(new EventId("e-1"), Set.of());
    node.pass(Duration.ofSeconds(1));

    assertThat(isStored(FIRST)).isTrue();
  }

  /// Retention may delete the event of a tick at any time.
  @Test
  void tickWhoseEventIsGone_isNotRepeated() {
    schedule();
    node.application.start();
    node.pass(Duration.ofMinutes(1));
    node.await(FIRST, EventStatus.COMPLETED);

    node.pass(Node.RETENTION.plusSeconds(1));
    node.pass(Duration.ofSeconds(2));

    assertThat(isStored(FIRST)).isFalse();
  }
}

package dev.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.adapter.memory.MemorySettings;
import dev.sluice.application.intake.AdmissionControl;
import dev.sluice.application.intake.IngestEvents;
import dev.sluice.application.intake.Intake;
import dev.sluice.application.intake.NoIntake;
import dev.sluice.application.subscription.SubscriptionCache;
import dev.sluice.contract.MessageIntakeContract;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.MessageIntake.Message;
import dev.sluice.domain.port.MessageIntake.Result;
import dev.sluice.domain.port.Storage;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.TypePattern;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Foreign messages are accepted by the rules for requests.
final class FormattedMessagesTest implements MessageIntakeContract {

  private static final int MOST_BYTES = 100;

  @Override
  public Setup newSetup() {
    var clock = new SettableClock();
    Storage storage = MemoryAdapter.storage(new MemorySettings(100, 1 << 20), clock);
    var all =
        Subscription.builtIn(
            SubscriptionDefinition.of(List.of(TypePattern.ANY), new Destination.Demo()));
    IngestEvents intake =
        new Intake(
            new Intake.Dependencies(
                storage.events(),
                new SubscriptionCache(
                        MemoryAdapter.subscriptions(), all, new JsonFilterFormat(), clock)
                    ::current,
                new JsonContentDigests(),
                clock,
                () -> new EventId("made")),
            new AdmissionControl(100, () -> 0),
            _ -> {});
    return new Setup(new FormattedMessages(intake, MOST_BYTES), storage.events());
  }

  private static Message message(byte[] body) {
    return new Message(body, Optional.empty());
  }

  @Test
  void largeMessage_isRefusedUnread() {
    assertThat(newSetup().messages().take(List.of(message(new byte[MOST_BYTES + 1]))))
        .containsExactly(new Result.Refused("the message must have at most 100 bytes"));
  }

  /// A problem with one message must not block the others.
  @Test
  void timeThatNoNumberHolds_isRefusedAlone() {
    List<Result> results =
        newSetup()
            .messages()
            .take(
                List.of(
                    message("{\"payload\":1}".getBytes(StandardCharsets.UTF_8)),
                    message(
                        "{\"event_id\":\"bad\",\"occurred_at\":1e99999999999,\"payload\":1}"
                            .getBytes(StandardCharsets.UTF_8)),
                    message(
                        "{\"event_id\":\"b\",\"payload\":2}".getBytes(StandardCharsets.UTF_8))));

    assertThat(results.get(0)).isEqualTo(new Result.Taken());
    assertThat(results.get(1))
        .isInstanceOfSatisfying(
            Result.Refused.class, refused -> assertThat(refused.reason()).contains("/occurred_at"));
    assertThat(results.get(2)).isEqualTo(new Result.Taken());
  }

  @Test
  void eventForWhichThereIsNoRoom_comesLater() {
    var desk = new FormattedMessages(NoIntake.INSTANCE, MOST_BYTES);

    List<Result> results =
        desk.take(List.of(message("{\"payload\":1}".getBytes(StandardCharsets.UTF_8))));

    assertThat(results).containsExactly(new Result.Later());
  }
}

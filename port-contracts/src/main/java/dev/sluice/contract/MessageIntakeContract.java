package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.EventStore;
import dev.sluice.domain.port.MessageIntake;
import dev.sluice.domain.port.MessageIntake.Message;
import dev.sluice.domain.port.MessageIntake.Result;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The promises of [MessageIntake].
public interface MessageIntakeContract {

  /// A new intake and the empty store behind it.
  ///
  /// @param messages accepts messages
  /// @param events stores their events
  record Setup(MessageIntake messages, EventStore events) {

    Result take(String id, String body) {
      return messages.take(List.of(message(id, body))).getFirst();
    }
  }

  /// Returns a new setup.
  Setup newSetup();

  private static Message message(String id, String body) {
    return new Message(
        body.getBytes(StandardCharsets.UTF_8), Optional.of(id).filter(text -> !text.isEmpty()));
  }

  @Test
  default void event_isStoredUnderItsId() {
    Setup setup = newSetup();

    Result result = setup.take("message", "{\"event_id\":\"e-1\",\"payload\":1}");

    assertThat(result).isEqualTo(new Result.Taken());
    assertThat(setup.events().find(new EventId("e-1")).orElseThrow().summary().status())
        .isEqualTo(EventStatus.RECEIVED);
    assertThat(setup.events().find(new EventId("message"))).isEmpty();
  }

  @Test
  default void eventWithoutId_hasThatOfItsMessage() {
    Setup setup = newSetup();

    setup.take("message", "{\"payload\":1}");

    assertThat(setup.events().find(new EventId("message"))).isPresent();
  }

  @Test
  default void sameMessageAgain_isTakenAndStoredOnce() {
    Setup setup = newSetup();
    setup.take("message", "{\"payload\":1}");

    assertThat(setup.take("message", "{\"payload\":1}")).isEqualTo(new Result.Taken());

    assertThat(setup.events().counts().backlog()).isEqualTo(1);
  }

  @Test
  default void otherContentUnderTheSameId_isRefused() {
    Setup setup = newSetup();
    setup.take("message", "{\"payload\":1}");

    assertThat(setup.take("message", "{\"payload\":2}")).isInstanceOf(Result.Refused.class);
  }

  @Test
  default void whatIsNoEvent_isRefusedWithAReason() {
    Setup setup = newSetup();
    for (String body : List.of("", "hello", "{}", "[]", "{\"payload\":1,\"unknown\":1}")) {
      assertThat(setup.take("", body))
          .as(body)
          .isInstanceOfSatisfying(
              Result.Refused.class, refused -> assertThat(refused.reason()).isNotBlank());
    }
  }

  @Test
  default void messagesTogether_areJudgedOneByOne() {
    Setup setup = newSetup();

    List<Result> results =
        setup
            .messages()
            .take(
                List.of(
                    message("a", "{\"payload\":1}"),
                    message("b", "nonsense"),
                    message("c", "{\"payload\":1}")));

    assertThat(results.get(0)).isEqualTo(new Result.Taken());
    assertThat(results.get(1)).isInstanceOf(Result.Refused.class);
    assertThat(results.get(2)).isEqualTo(new Result.Taken());
    assertThat(setup.events().counts().backlog()).isEqualTo(2);
  }
}
